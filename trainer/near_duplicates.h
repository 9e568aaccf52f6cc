// Texts that tell the same story in the same words.
#ifndef RUBRICATOR_TRAINER_NEAR_DUPLICATES_H_
#define RUBRICATOR_TRAINER_NEAR_DUPLICATES_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace rubricator {

// What a text (normalised words) is recognised by: two texts that share one of these share most of their runs of three
// words. Six numbers; none for no words.
std::vector<uint64_t> DuplicateBands(const std::vector<std::string_view>& words);

// Puts texts that share most of their runs of three words into one group, by MinHash (12 hashes in 6 bands of 2), so
// that cross-validation never tests on what it has learned. Deterministic.
class NearDuplicates {
 public:
  // Adds a text as normalised words; `key` joins texts that belong together whatever their words (parts of one
  // article); 0: none.
  void Add(const std::vector<std::string_view>& words, uint64_t key);

  // The group of each text, in the order added; numbers are arbitrary but stable.
  std::vector<uint64_t> Groups();

 private:
  struct Band {
    uint64_t value;
    uint32_t text;
  };
  uint32_t Root(uint32_t text);

  std::vector<uint32_t> parents_;
  std::vector<Band> bands_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_NEAR_DUPLICATES_H_
