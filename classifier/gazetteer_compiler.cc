#include "classifier/gazetteer_compiler.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/gazetteer.h"
#include "classifier/gazetteer_format.h"
#include "classifier/status_macros.h"
#include "classifier/tab_separated.h"
#include "classifier/tokenizer.h"

namespace rubricator {
namespace {

constexpr size_t kMaxTokens = 8;  // the case masks have eight bits
constexpr std::string_view kRuleIds[] = {"initial",     "support",  "after-name",
                                         "before-name", "compound", "division"};

using CodeList = std::vector<std::pair<std::string, bool>>;  // code, optional

struct Target {
  CodeList codes;
  bool either = false;
  auto operator<=>(const Target&) const = default;
};

struct Form {
  std::string key;  // normalised tokens, one space between
  size_t tokens = 0;
  uint8_t capital_mask = 0;
  uint8_t upper_mask = 0;
  Target target;
  NameKind kind = NameKind::kName;
  uint8_t rules = 0;
  uint16_t from_year = 0;
  uint16_t to_year = 0;
  int line = 0;
};

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

absl::Status CheckCode(std::string_view code, const RegionTaxonomy& taxonomy) {
  if (taxonomy.HasCountry(code)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("unknown country code \"", AsAbsl(code), "\""));
}

// territory -> its codes. Remembers which territories some form names.
struct Policy {
  std::map<std::string, CodeList, std::less<>> codes;
  std::map<std::string, int, std::less<>> lines;
  std::set<std::string, std::less<>> used;
};

absl::StatusOr<Policy> ReadPolicy(const std::filesystem::path& path,
                                  const RegionTaxonomy& taxonomy) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  Policy policy;
  RETURN_IF_ERROR(ForEachRow(text, path.filename().string(), [&](const auto& fields, int line) {
    if (fields.size() != 3 || fields[0].empty() || fields[2].empty()) {
      return absl::InvalidArgumentError("want territory, codes, reason");
    }
    CodeList codes;
    for (std::string_view code : Split(fields[1], ',')) {
      const bool optional = code.ends_with('?');
      if (optional) code.remove_suffix(1);
      RETURN_IF_ERROR(CheckCode(code, taxonomy));
      codes.emplace_back(std::string(code), optional);
    }
    if (!policy.codes.emplace(std::string(fields[0]), std::move(codes)).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("territory ", AsAbsl(fields[0]), " stands twice"));
    }
    policy.lines.emplace(std::string(fields[0]), line);
    return absl::OkStatus();
  }));
  return policy;
}

absl::StatusOr<Target> ParseTarget(std::string_view text, const RegionTaxonomy& taxonomy,
                                   Policy& policy) {
  Target target;
  if (text == "-") return target;
  const auto options = Split(text, '/');
  target.either = options.size() > 1;
  for (const std::string_view option : options) {
    if (!option.starts_with('@')) {
      RETURN_IF_ERROR(CheckCode(option, taxonomy));
      target.codes.emplace_back(std::string(option), false);
      continue;
    }
    const auto territory = policy.codes.find(option.substr(1));
    if (territory == policy.codes.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("no policy for territory ", AsAbsl(option.substr(1))));
    }
    policy.used.insert(territory->first);
    for (const auto& code : territory->second) {
      if (!target.either || !code.second) target.codes.push_back(code);
    }
  }
  return target;
}

absl::StatusOr<uint8_t> ParseRules(std::string_view text) {
  if (text == "-") return uint8_t{0};
  uint8_t rules = 0;
  for (const std::string_view rule : Split(text, ',')) {
    const auto it = std::find(std::begin(kRuleIds), std::end(kRuleIds), rule);
    if (it == std::end(kRuleIds)) {
      return absl::InvalidArgumentError(absl::StrCat("unknown rule \"", AsAbsl(rule), "\""));
    }
    rules |= static_cast<uint8_t>(1u << (it - std::begin(kRuleIds)));
  }
  return rules;
}

absl::StatusOr<uint16_t> ParseYear(std::string_view text) {
  if (text.empty()) return uint16_t{0};
  uint16_t year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size() || year < 1900 || year > 2200) {
    return absl::InvalidArgumentError(absl::StrCat("\"", AsAbsl(text), "\" is no year"));
  }
  return year;
}

absl::Status ParseYears(std::string_view text, Form& form) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", AsAbsl(text), "\" is no span; want 2009-2017"));
  }
  ASSIGN_OR_RETURN(form.from_year, ParseYear(text.substr(0, dash)));
  ASSIGN_OR_RETURN(form.to_year, ParseYear(text.substr(dash + 1)));
  if (form.to_year != 0 && form.to_year < form.from_year) {
    return absl::InvalidArgumentError("the years end before they begin");
  }
  return absl::OkStatus();
}

absl::Status Normalise(std::string_view written, Form& form) {
  TokenizedText text;
  Tokenize(written, text);
  if (text.size() == 0 || text.size() > kMaxTokens) {
    return absl::InvalidArgumentError(absl::StrCat("\"", AsAbsl(written), "\" has ", text.size(),
                                                   " words; want 1 to ", kMaxTokens));
  }
  form.tokens = text.size();
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0) form.key += ' ';
    form.key += text.Form(i);
    const LetterCase letters = text.tokens()[i].letter_case;
    if (letters == LetterCase::kUpper) form.upper_mask |= static_cast<uint8_t>(1u << i);
    if (letters == LetterCase::kCapitalized) form.capital_mask |= static_cast<uint8_t>(1u << i);
  }
  return absl::OkStatus();
}

absl::StatusOr<Form> ParseForm(const std::vector<std::string_view>& fields,
                               const RegionTaxonomy& taxonomy, Policy& policy) {
  if (fields.size() != 6) {
    return absl::InvalidArgumentError(absl::StrCat(
        "row has ", fields.size(), " fields; want form, target, kind, rules, years, source"));
  }
  Form form;
  RETURN_IF_ERROR(Normalise(fields[0], form));
  ASSIGN_OR_RETURN(form.target, ParseTarget(fields[1], taxonomy, policy));
  const std::optional<NameKind> kind = NameKindFromId(fields[2]);
  if (!kind)
    return absl::InvalidArgumentError(absl::StrCat("unknown kind \"", AsAbsl(fields[2]), "\""));
  form.kind = *kind;
  ASSIGN_OR_RETURN(form.rules, ParseRules(fields[3]));
  RETURN_IF_ERROR(ParseYears(fields[4], form));
  return form;
}

// Strictest writing first, so that "US" is tried before "us".
bool Before(const Form& a, const Form& b) {
  const auto rank = [](const Form& form) {
    return std::make_tuple(-std::popcount(form.upper_mask), -std::popcount(form.capital_mask),
                           !(form.rules & kRuleCompound), form.from_year, form.line);
  };
  return rank(a) < rank(b);
}

bool SameWriting(const Form& a, const Form& b) {
  return a.capital_mask == b.capital_mask && a.upper_mask == b.upper_mask &&
         (a.rules & kRuleCompound) == (b.rules & kRuleCompound) && a.from_year == b.from_year &&
         a.to_year == b.to_year;
}

}  // namespace

// Lays out what Gazetteer::Load() reads.
class GazetteerWriter {
 public:
  GazetteerWriter(const std::map<std::string, std::vector<Form>>& forms) {
    AddCountries(forms);
    AddForms(forms);
  }

  absl::StatusOr<std::string> Bytes() const {
    if (entries_.size() > 0xFFFF || countries_.size() > 0xFF || targets_.size() > 0xFFFF) {
      return absl::InvalidArgumentError(absl::StrCat("too much for the format: ", entries_.size(),
                                                     " kinds of entry, ", targets_.size(),
                                                     " targets"));
    }
    GazetteerHeader header{.slots = static_cast<uint32_t>(slots_.size()),
                           .entries = static_cast<uint32_t>(entries_.size()),
                           .countries = static_cast<uint32_t>(countries_.size()),
                           .targets = static_cast<uint32_t>(targets_.size())};
    std::string bytes;
    Append(bytes, &header, 1);
    Append(bytes, filter_.data(), filter_.size());
    Append(bytes, slots_.data(), slots_.size());
    Append(bytes, entries_.data(), entries_.size());
    for (const auto& [code, index] : countries_) {
      bytes += static_cast<char>(code.size());
      bytes += code;
    }
    for (const Target* target : target_order_) {
      bytes += static_cast<char>(target->codes.size() | (target->either ? 0x80 : 0));
      for (const auto& [code, optional] : target->codes) {
        bytes += static_cast<char>(countries_.at(code));
        bytes += static_cast<char>(optional);
      }
    }
    return bytes;
  }

 private:
  struct Key {
    uint32_t entry = 0;  // index + 1
    bool more = false;
  };

  template <typename T>
  static void Append(std::string& bytes, const T* items, size_t count) {
    bytes.append(reinterpret_cast<const char*>(items), count * sizeof(T));
  }

  void AddCountries(const std::map<std::string, std::vector<Form>>& forms) {
    for (const auto& [key, variants] : forms) {
      for (const Form& form : variants) {
        for (const auto& code : form.target.codes) countries_.emplace(code.first, 0);
        targets_.emplace(form.target, 0);
      }
    }
    uint8_t country = 0;
    for (auto& [code, index] : countries_) index = country++;
    uint16_t number = 0;
    for (auto& [target, index] : targets_) {
      index = number++;
      target_order_.push_back(&target);
    }
  }

  void AddForms(const std::map<std::string, std::vector<Form>>& forms) {
    std::map<uint64_t, Key> keys;
    filter_.assign(kGazetteerFilterWords, 0);
    for (const auto& [key, variants] : forms) {
      uint64_t hash = 0;
      size_t n = 0;
      for (const std::string_view word : Split(key, ' ')) {
        const uint64_t word_hash = HashForm(word);
        if (n == 0) {
          const uint64_t bit = word_hash >> kGazetteerFilterShift;
          filter_[bit >> 6] |= uint64_t{1} << (bit & 63);
        } else {
          keys[hash].more = true;
        }
        hash = n++ == 0 ? word_hash : ExtendHash(hash, word_hash);
      }
      keys[hash].entry = AddVariants(variants);
    }
    slots_.assign(std::bit_ceil(keys.size() * 2), Gazetteer::Slot{0, 0});
    for (const auto& [hash, key] : keys) {
      size_t at = hash & (slots_.size() - 1);
      while (slots_[at].entry != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = {static_cast<uint32_t>(hash >> 32), key.entry << 1 | (key.more ? 1u : 0u)};
    }
  }

  // Index + 1 of the first of a chain of entries, shared among forms that say the same.
  uint32_t AddVariants(const std::vector<Form>& variants) {
    uint32_t next = 0;
    for (auto it = variants.rbegin(); it != variants.rend(); ++it) {
      const auto fact = std::make_tuple(targets_.at(it->target), it->from_year, it->to_year,
                                        static_cast<uint8_t>(it->kind), it->rules, it->capital_mask,
                                        it->upper_mask, next);
      const auto [found, fresh] = shared_.emplace(fact, static_cast<uint32_t>(entries_.size() + 1));
      if (fresh) {
        entries_.push_back({.target = targets_.at(it->target),
                            .from_year = it->from_year,
                            .to_year = it->to_year,
                            .kind = static_cast<uint8_t>(it->kind),
                            .rules = it->rules,
                            .capital_mask = it->capital_mask,
                            .upper_mask = it->upper_mask,
                            .next = static_cast<uint16_t>(next)});
      }
      next = found->second;
    }
    return next;
  }

  std::map<std::string, uint8_t> countries_;
  std::map<Target, uint16_t> targets_;
  std::vector<const Target*> target_order_;
  std::map<std::tuple<uint16_t, uint16_t, uint16_t, uint8_t, uint8_t, uint8_t, uint8_t, uint32_t>,
           uint32_t>
      shared_;
  std::vector<uint64_t> filter_;
  std::vector<Gazetteer::Slot> slots_;
  std::vector<Gazetteer::Entry> entries_;
};

absl::StatusOr<std::string> CompileGazetteer(const GazetteerSources& sources,
                                             const RegionTaxonomy& taxonomy) {
  ASSIGN_OR_RETURN(Policy policy, ReadPolicy(sources.policy, taxonomy));
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(sources.forms));
  std::map<std::string, std::vector<Form>> forms;
  RETURN_IF_ERROR(
      ForEachRow(text, sources.forms.filename().string(), [&](const auto& fields, int line) {
        ASSIGN_OR_RETURN(Form form, ParseForm(fields, taxonomy, policy));
        form.line = line;
        std::vector<Form>& variants = forms[form.key];
        for (const Form& other : variants) {
          if (!SameWriting(other, form)) continue;
          if (other.target == form.target) return absl::OkStatus();
          return absl::InvalidArgumentError(
              absl::StrCat("\"", AsAbsl(fields[0]), "\" stands for another target in line ",
                           other.line, "; write both as one row, X/Y"));
        }
        variants.push_back(std::move(form));
        return absl::OkStatus();
      }));
  for (const auto& [territory, line] : policy.lines) {
    if (!policy.used.contains(territory)) {
      return absl::InvalidArgumentError(absl::StrCat(sources.policy.filename().string(), ":", line,
                                                     ": no form names the territory ", territory));
    }
  }
  for (auto& [key, variants] : forms) std::sort(variants.begin(), variants.end(), Before);
  return GazetteerWriter(forms).Bytes();
}

}  // namespace rubricator
