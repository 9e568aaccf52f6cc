// Texts that tell the same story in the same words.
#ifndef RUBRICATOR_TRAINER_NEAR_DUPLICATES_H_
#define RUBRICATOR_TRAINER_NEAR_DUPLICATES_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rubricator {

// A text (normalised words) as the least of twelve hashes of its runs of three words; zeros for no
// words.
using TextSignature = std::array<uint32_t, 12>;
TextSignature SignatureOf(const std::vector<std::string_view>& words);

// Six numbers, of which two texts that share most of their runs of three words nearly always have
// one in common. Many others have too, in an archive of a million: ask AreNearDuplicates() of
// those.
std::array<uint64_t, 6> BandsOf(const TextSignature& signature);

// Whether at least half of the hashes agree; never for a text without words.
bool AreNearDuplicates(const TextSignature& a, const TextSignature& b);

// Puts texts that share most of their runs of three words into one group, by MinHash (12 hashes in
// 6 bands of 2), so that cross-validation never tests on what it has learned. Deterministic.
class NearDuplicates {
 public:
  // Adds a text as normalised words; `key` joins texts that belong together whatever their words
  // (parts of one article); 0: none.
  void Add(const std::vector<std::string_view>& words, uint64_t key);

  // The group of each text, in the order added; numbers are arbitrary but stable.
  std::vector<uint64_t> Groups();

 private:
  struct Band {
    uint64_t value;
    uint32_t text;
    bool is_key;
  };
  uint32_t Root(uint32_t text);
  void Join(uint32_t a, uint32_t b);

  std::vector<uint32_t> parents_;
  std::vector<TextSignature> signatures_;
  std::vector<Band> bands_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_NEAR_DUPLICATES_H_
