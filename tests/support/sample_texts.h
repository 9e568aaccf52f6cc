// Seeded random words and texts, friendly and hostile.
#ifndef RUBRICATOR_TESTS_SUPPORT_SAMPLE_TEXTS_H_
#define RUBRICATOR_TESTS_SUPPORT_SAMPLE_TEXTS_H_

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace rubricator::testing {

// Makes the same texts from the same seed. Not for several threads.
class SampleTexts {
 public:
  explicit SampleTexts(uint64_t seed) : random_(seed) {}

  // A word of a fixed vocabulary of a thousand, Russian-looking and English-looking; frequent ones
  // come often.
  std::string KnownWord();
  // A known word with a letter changed, added or lost.
  std::string MisspeltWord();
  // Bytes that fastText reads as one word of a text: no white space, no zero, not "</s>", not
  // "__label__...". Cyrillic, emoji, combining marks, cut and invalid UTF-8.
  std::string HostileWord();
  // 0 to `max_words` words of all kinds.
  std::vector<std::string> Text(size_t max_words);

  // Uniform in [0, bound).
  size_t Below(size_t bound) {
    return std::uniform_int_distribution<size_t>(0, bound - 1)(random_);
  }

 private:
  std::mt19937_64 random_;
};

// Joined by single spaces.
std::string JoinWords(const std::vector<std::string>& words);

}  // namespace rubricator::testing

#endif  // RUBRICATOR_TESTS_SUPPORT_SAMPLE_TEXTS_H_
