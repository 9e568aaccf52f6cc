// Finds the surface forms that name a country in tokenised text. See docs/regions.md.
#ifndef RUBRICATOR_CLASSIFIER_GAZETTEER_H_
#define RUBRICATOR_CLASSIFIER_GAZETTEER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/tokenizer.h"

namespace rubricator {

// How a form names its country. The order is that of the file format; append only.
enum class NameKind : uint8_t {
  kName,         // "Киргизия"
  kAdjective,    // "киргизский"
  kDemonym,      // "киргизы"
  kCapital,      // "Бишкек"
  kCity,         // a million people or more, or a disputed territory's
  kPlace,        // a part of the country or a well-known place
  kInstitution,  // "Кремль"
  kPerson,       // a leader
  kBody,         // a company, club or outlet: weak
  kTown,         // a hundred thousand people or more: weak
};
inline constexpr size_t kNameKinds = 10;
// "name", "adjective"...: as the text table writes them.
std::string_view NameKindId(NameKind kind);
std::optional<NameKind> NameKindFromId(std::string_view id);

// When a match counts, as bits. Each is defined in gazetteer/README.md.
enum NameRule : uint8_t {
  kRuleInitial = 1,     // needs support at the start of a sentence
  kRuleSupport = 2,     // always needs support
  kRuleAfterName = 4,   // not a place after another capitalised word
  kRuleBeforeName = 8,  // not a place before another capitalised word
  kRuleCompound = 16,   // only before a hyphen: "российско-"
  kRuleDivision = 32,   // a state or province: a town of elsewhere written before it lies in it
};

// What a form stands for: codes in order of preference.
struct NameTarget {
  struct Code {
    uint8_t country;  // index into Gazetteer::countries()
    bool optional;    // given only where the article speaks for it: the policy's "?"
  };
  std::vector<Code> codes;  // empty: a phrase that means no country
  bool either = false;      // one of the codes, not all
};

// One place of the text where a form matched; not yet judged by the rest of the article.
struct NameMatch {
  uint32_t first;   // index of the first token
  uint32_t count;   // tokens, >= 1
  uint16_t target;  // index into Gazetteer::targets()
  NameKind kind;
  uint8_t rules;       // of NameRule
  bool needs_support;  // the rules and the surroundings ask for another sure match
  uint16_t from_year;  // 0: open
  uint16_t to_year;    // 0: open
};

// Immutable after Load(); const methods may run on many threads at once.
class Gazetteer {
 public:
  // Reads what CompileGazetteer() wrote. Errors: DATA_LOSS cut short, of another version or
  // inconsistent.
  static absl::StatusOr<std::unique_ptr<Gazetteer>> Load(std::string bytes);

  // Appends the matches of `text` to `matches`: leftmost longest, not overlapping, in order.
  void Match(const TokenizedText& text, std::vector<NameMatch>& matches) const;

  // ISO codes, "XK" and "EU", sorted.
  const std::vector<std::string>& countries() const { return countries_; }
  const std::vector<NameTarget>& targets() const { return targets_; }
  // Index of `code` in countries(), or nothing.
  std::optional<uint8_t> CountryIndex(std::string_view code) const;

 private:
  friend class GazetteerWriter;
  struct Slot {
    uint32_t tag;    // upper half of the key's hash; with `entry` 0: free
    uint32_t entry;  // index + 1 into entries_ (0: only a prefix) shifted left by one; bit 0:
                     // longer forms go on
  };
  struct Entry {
    uint16_t target;
    uint16_t from_year;
    uint16_t to_year;
    uint8_t kind;
    uint8_t rules;
    uint8_t capital_mask;  // bit n: token n must begin with a capital
    uint8_t upper_mask;    // bit n: token n must be upper case
    uint16_t next;         // index + 1 of another way to write the same form; 0: none
  };
  Gazetteer() = default;
  const Slot* Find(uint64_t key) const;
  bool Agrees(const Entry& entry, const TokenizedText& text, size_t first, size_t count) const;
  bool NeedsSupport(const Entry& entry, const TokenizedText& text, size_t first,
                    size_t count) const;
  bool IsPersonName(const Entry& entry, const TokenizedText& text, size_t first,
                    size_t count) const;

  std::vector<uint64_t> filter_;  // one bit for each first token's hash
  std::vector<Slot> slots_;       // a power of two, open addressing
  std::vector<Entry> entries_;
  std::vector<NameTarget> targets_;
  std::vector<std::string> countries_;
};

// Hash of one normalised form, and of a form that follows others.
uint64_t HashForm(std::string_view form);
inline uint64_t ExtendHash(uint64_t key, uint64_t form_hash) {
  uint64_t mixed = (key ^ form_hash) * 0x9E3779B97F4A7C15u;
  return (mixed ^ (mixed >> 29)) + form_hash;
}

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_GAZETTEER_H_
