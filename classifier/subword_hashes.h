// The hashes of a word's character n-grams, computed side by side.
#ifndef RUBRICATOR_CLASSIFIER_SUBWORD_HASHES_H_
#define RUBRICATOR_CLASSIFIER_SUBWORD_HASHES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "classifier/fasttext_hash.h"

namespace rubricator {

// FNV is a chain of multiplications for one n-gram, but the n-grams that begin at each of a word's
// characters are independent: one of them to a lane, all n-grams of a length cost as much as one.
// Holds words of at most kLanes characters, brackets among them, of one or two bytes each: nearly
// every word in Latin, Greek and Cyrillic letters.
class SubwordHashes {
 public:
  static constexpr size_t kLanes = 32;
  static constexpr size_t kMaxNgram = 8;

  static constexpr size_t kRoom = kLanes * kMaxNgram;  // the most hashes of a word

  // Writes the same hashes as ForEachCharNgram(), shorter n-grams first, and returns their number;
  // kDoesNotFit, and writes none, if the word is not one of those. `out` has room for kRoom; what
  // lies beyond the number is spoilt.
  static constexpr size_t kDoesNotFit = ~size_t{0};
  [[gnu::always_inline]] inline size_t Compute(std::string_view word, uint32_t min, uint32_t max,
                                               uint32_t* out) {
    if (max > kMaxNgram || !TakeCharacters(word)) return kDoesNotFit;
    std::array<uint32_t, kLanes + 1> lanes;
    lanes.fill(kFastTextHashBasis);
    size_t count = 0;
    for (size_t n = 1; n <= max && n <= characters_; ++n) {
      for (size_t lane = 0; lane < kLanes; ++lane) {
        const uint32_t one = (lanes[lane] ^ first_[lane + n - 1]) * kFastTextHashPrime;
        const uint32_t two = (one ^ second_[lane + n - 1]) * kFastTextHashPrime;
        lanes[lane] = second_[lane + n - 1] == kNoByte ? one : two;
      }
      if (n < min) continue;
      const size_t brackets = n == 1 ? 1 : 0;  // alone, neither of them is an n-gram
      for (size_t lane = 0; lane < kLanes; ++lane) out[count + lane] = lanes[lane + brackets];
      count += characters_ - n + 1 - 2 * brackets;
    }
    return count;
  }

 private:
  static constexpr uint32_t kNoByte = 0x100;  // no sign-extended byte

  // '<' + word + '>', a character to a lane.
  [[gnu::always_inline]] inline bool TakeCharacters(std::string_view word) {
    if (word.size() > 2 * kLanes) return false;
    second_.fill(kNoByte);
    first_[0] = '<';
    size_t last = 0;
    bool fits = true;
    for (const char byte : word) {
      const auto extended = static_cast<uint32_t>(static_cast<int8_t>(byte));
      const bool continues = IsUtf8Continuation(byte);
      last += continues ? 0 : 1;
      fits &= !continues | (second_[last] == kNoByte);
      (continues ? second_ : first_)[last] = extended;
    }
    characters_ = last + 2;
    if (!fits || characters_ > kLanes) return false;
    first_[last + 1] = '>';
    return true;
  }

  size_t characters_ = 0;
  // Room for every byte of the longest word, and for the n-grams that would begin in the last lane.
  std::array<uint32_t, 2 * kLanes + kMaxNgram> first_ = {};
  std::array<uint32_t, 2 * kLanes + kMaxNgram> second_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_SUBWORD_HASHES_H_
