#include "classifier/gazetteer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/gazetteer_format.h"

namespace rubricator {
namespace {

constexpr std::array<std::string_view, kNameKinds> kKindIds = {
    "name",  "adjective",   "demonym", "capital", "city",
    "place", "institution", "person",  "body",    "town"};

// Capitalised words that open a sentence, or stand before a place, without being a person's name.
constexpr std::array<std::string_view, 40> kNotGivenNames = {
    "in",    "at",   "from",  "the",   "near", "outside", "around", "to",       "and", "but",
    "for",   "with", "north", "south", "east", "west",    "after",  "central",  "of",  "greater",
    "mayor", "on",   "as",    "inner", "when", "while",   "across", "downtown", "by",  "some",
    "в",     "из",   "под",   "на",    "мэр",  "город",   "для",    "за",       "по",  "о"};

bool IsGivenName(std::string_view form) {
  return std::find(kNotGivenNames.begin(), kNotGivenNames.end(), form) == kNotGivenNames.end();
}

bool OpensSentence(const Token& token) {
  return token.gap == Gap::kSentence || token.gap == Gap::kParagraph;
}

// Whether the second token can belong to the same name as the first.
bool Continues(const Token& before, const Token& token) {
  switch (token.gap) {
    case Gap::kSpace:
    case Gap::kHyphen:
    case Gap::kDot:
    case Gap::kApostrophe:
      return true;
    case Gap::kSentence:  // "St. Petersburg", "U.S. Virgin Islands"
      return before.form_size <= 2;
    case Gap::kText:
    case Gap::kParagraph:
      return false;
  }
  return false;
}

}  // namespace

std::string_view NameKindId(NameKind kind) { return kKindIds[static_cast<size_t>(kind)]; }

std::optional<NameKind> NameKindFromId(std::string_view id) {
  for (size_t i = 0; i < kNameKinds; ++i) {
    if (kKindIds[i] == id) return static_cast<NameKind>(i);
  }
  return std::nullopt;
}

uint64_t HashForm(std::string_view form) {
  uint64_t hash = 0x517CC1B727220A95u ^ form.size();
  const char* at = form.data();
  size_t left = form.size();
  while (left > 0) {
    uint64_t chunk = 0;
    const size_t size = std::min<size_t>(left, 8);
    if (size == 8) {
      std::memcpy(&chunk, at, 8);
    } else {
      std::memcpy(&chunk, at, size);
    }
    hash = (hash ^ chunk) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    at += size;
    left -= size;
  }
  hash *= 0xD6E8FEB86659FD93u;
  return hash ^ (hash >> 32);
}

absl::StatusOr<std::unique_ptr<Gazetteer>> Gazetteer::Load(std::string bytes) {
  auto gazetteer = std::unique_ptr<Gazetteer>(new Gazetteer());
  GazetteerReader reader(bytes);
  GazetteerHeader header;
  if (!reader.Read(&header, 1) || header.magic != kGazetteerMagic ||
      header.version != kGazetteerVersion) {
    return absl::DataLossError("gazetteer.bin is not a gazetteer of this version");
  }
  if (header.normalizer_version != kNormalizerVersion) {
    return absl::DataLossError(absl::StrCat("gazetteer.bin was made with normaliser ",
                                            header.normalizer_version, "; this program has ",
                                            kNormalizerVersion));
  }
  if (header.slots == 0 || (header.slots & (header.slots - 1)) != 0 ||
      !reader.ReadVector(gazetteer->filter_, kGazetteerFilterWords) ||
      !reader.ReadVector(gazetteer->slots_, header.slots) ||
      !reader.ReadVector(gazetteer->entries_, header.entries) ||
      !reader.ReadStrings(gazetteer->countries_, header.countries) ||
      !reader.ReadTargets(gazetteer->targets_, header.targets, header.countries) ||
      !reader.AtEnd()) {
    return absl::DataLossError(
        absl::StrCat("gazetteer.bin is cut short or has a tail at byte ", reader.position()));
  }
  for (const Slot& slot : gazetteer->slots_) {
    if ((slot.entry >> 1) > header.entries) return absl::DataLossError("gazetteer.bin: bad slot");
  }
  for (size_t i = 0; i < gazetteer->entries_.size(); ++i) {
    const Entry& entry = gazetteer->entries_[i];
    if (entry.target >= header.targets || entry.kind >= kNameKinds || entry.next > i) {
      return absl::DataLossError("gazetteer.bin: bad entry");
    }
  }
  return gazetteer;
}

std::optional<uint8_t> Gazetteer::CountryIndex(std::string_view code) const {
  const auto it = std::lower_bound(countries_.begin(), countries_.end(), code);
  if (it == countries_.end() || *it != code) return std::nullopt;
  return static_cast<uint8_t>(it - countries_.begin());
}

const Gazetteer::Slot* Gazetteer::Find(uint64_t key) const {
  const size_t mask = slots_.size() - 1;
  const uint32_t tag = static_cast<uint32_t>(key >> 32);
  for (size_t i = key & mask, n = 0; n <= mask; i = (i + 1) & mask, ++n) {
    const Slot& slot = slots_[i];
    if (slot.entry == 0) return nullptr;
    if (slot.tag == tag) return &slot;
  }
  return nullptr;
}

bool Gazetteer::Agrees(const Entry& entry, const TokenizedText& text, size_t first,
                       size_t count) const {
  for (size_t n = 0; n < std::min<size_t>(count, 8); ++n) {
    const Token& token = text.tokens()[first + n];
    if (entry.upper_mask >> n & 1) {
      // "NASA" is also written "Nasa"; "US" and "ЕС" are never "Us" and "Ес".
      const bool long_form = token.form_size >= (text.Form(token)[0] & 0x80 ? 8 : 4);
      if (token.letter_case != LetterCase::kUpper &&
          !(long_form && token.letter_case == LetterCase::kCapitalized)) {
        return false;
      }
    } else if (entry.capital_mask >> n & 1) {
      if (token.letter_case == LetterCase::kLower) return false;
    }
  }
  if (entry.rules & kRuleCompound) {
    const size_t after = first + count;
    return after < text.size() && text.tokens()[after].gap == Gap::kHyphen;
  }
  return true;
}

bool Gazetteer::IsPersonName(const Entry& entry, const TokenizedText& text, size_t first,
                             size_t count) const {
  const auto& tokens = text.tokens();
  if ((entry.rules & kRuleAfterName) && first > 0 && tokens[first].gap == Gap::kSpace &&
      (tokens[first - 1].letter_case == LetterCase::kCapitalized ||
       tokens[first - 1].letter_case == LetterCase::kMixed) &&
      IsGivenName(text.Form(first - 1))) {
    return true;
  }
  const size_t after = first + count;
  return (entry.rules & kRuleBeforeName) && after < tokens.size() &&
         tokens[after].gap == Gap::kSpace && tokens[after].letter_case == LetterCase::kCapitalized;
}

bool Gazetteer::NeedsSupport(const Entry& entry, const TokenizedText& text, size_t first,
                             size_t count) const {
  if (entry.rules & kRuleSupport) return true;
  const Token& token = text.tokens()[first];
  // "Поляков", "Турок" within a sentence are surnames.
  if (entry.kind == static_cast<uint8_t>(NameKind::kDemonym) && entry.capital_mask == 0 &&
      token.letter_case == LetterCase::kCapitalized && token.gap == Gap::kSpace) {
    return true;
  }
  if ((entry.rules & kRuleInitial) && entry.capital_mask != 0 &&
      (OpensSentence(token) || token.letter_case == LetterCase::kUpper)) {
    return true;
  }
  return (entry.rules & (kRuleAfterName | kRuleBeforeName)) &&
         IsPersonName(entry, text, first, count);
}

void Gazetteer::Match(const TokenizedText& text, std::vector<NameMatch>& matches) const {
  const auto& tokens = text.tokens();
  const size_t size = tokens.size();
  for (size_t first = 0; first < size;) {
    uint64_t key = HashForm(text.Form(tokens[first]));
    const uint64_t bit = key >> kGazetteerFilterShift;
    if ((filter_[bit >> 6] >> (bit & 63) & 1) == 0) {
      ++first;
      continue;
    }
    const Entry* best = nullptr;
    size_t best_count = 0;
    const Slot* slot = Find(key);
    for (size_t count = 1; slot != nullptr; ++count) {
      for (uint32_t at = slot->entry >> 1; at != 0; at = entries_[at - 1].next) {
        if (Agrees(entries_[at - 1], text, first, count)) {
          best = &entries_[at - 1];
          best_count = count;
          break;
        }
      }
      const size_t next = first + count;
      if ((slot->entry & 1) == 0 || next >= size || !Continues(tokens[next - 1], tokens[next]))
        break;
      key = ExtendHash(key, HashForm(text.Form(tokens[next])));
      slot = Find(key);
    }
    if (best == nullptr) {
      ++first;
      continue;
    }
    matches.push_back({.first = static_cast<uint32_t>(first),
                       .count = static_cast<uint32_t>(best_count),
                       .target = best->target,
                       .kind = static_cast<NameKind>(best->kind),
                       .rules = best->rules,
                       .needs_support = NeedsSupport(*best, text, first, best_count),
                       .from_year = best->from_year,
                       .to_year = best->to_year});
    first += best_count;
  }
}

}  // namespace rubricator
