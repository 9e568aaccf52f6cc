#include "classifier/subword_hashes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/support/sample_texts.h"

namespace rubricator {
namespace {

using testing::SampleTexts;
using ::testing::UnorderedElementsAreArray;

std::vector<uint32_t> OneByOne(std::string_view word, uint32_t min, uint32_t max) {
  std::vector<uint32_t> hashes;
  ForEachCharNgram(word, min, max, [&hashes](uint32_t hash) { hashes.push_back(hash); });
  return hashes;
}

// Empty if the word does not fit.
std::optional<std::vector<uint32_t>> SideBySide(SubwordHashes& subwords, std::string_view word,
                                                uint32_t min, uint32_t max) {
  std::vector<uint32_t> hashes(SubwordHashes::kRoom);
  const size_t count = subwords.Compute(word, min, max, hashes.data());
  if (count == SubwordHashes::kDoesNotFit) return std::nullopt;
  hashes.resize(count);
  return hashes;
}

struct Range {
  uint32_t min, max;
};
const std::vector<Range> kRanges = {{3, 5}, {1, 2}, {0, 3}, {2, 8}, {4, 4}, {5, 3}};

TEST(SubwordHashesTest, AreThoseOfEachNgramAlone) {
  SampleTexts texts(/*seed=*/9);
  size_t computed = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::string word = i % 2 == 0 ? texts.MisspeltWord() : texts.HostileWord();
    for (const Range range : kRanges) {
      SubwordHashes subwords;
      const auto hashes = SideBySide(subwords, word, range.min, range.max);
      if (!hashes) continue;
      ++computed;
      ASSERT_THAT(*hashes, UnorderedElementsAreArray(OneByOne(word, range.min, range.max))) << word;
    }
  }
  EXPECT_GT(computed, 15000u);
}

TEST(SubwordHashesTest, HoldWordsUpToTheirLimits) {
  struct Case {
    std::string name, word;
    bool fits;
  };
  for (const Case& c : {
           Case{"empty", "", true},
           Case{"30 Latin letters", std::string(30, 'a'), true},
           Case{"31 Latin letters", std::string(31, 'a'), false},
           Case{"30 Cyrillic letters",
                [] {
                  std::string w;
                  for (int i = 0; i < 30; ++i) w += "я";
                  return w;
                }(),
                true},
           Case{"65 bytes", std::string(1, 'a') + std::string(64, '\x80'), false},
           Case{"three-byte letter", "\xE1\x83\x90", false},
           Case{"emoji", "a\xF0\x9F\x98\x80", false},
           Case{"continuation byte after the bracket", "\x80z", true},
           Case{"two of them", "\x80\x80z", false},
       }) {
    SCOPED_TRACE(c.name);
    for (const Range range : kRanges) {
      SubwordHashes subwords;
      const auto hashes = SideBySide(subwords, c.word, range.min, range.max);
      EXPECT_EQ(hashes.has_value(), c.fits);
      if (!c.fits) continue;
      EXPECT_THAT(*hashes, UnorderedElementsAreArray(OneByOne(c.word, range.min, range.max)));
    }
  }
  SubwordHashes subwords;
  EXPECT_FALSE(SideBySide(subwords, "word", 3, SubwordHashes::kMaxNgram + 1).has_value());
}

TEST(SubwordHashesTest, KeepNothingOfTheWordBefore) {
  SubwordHashes subwords;
  ASSERT_TRUE(SideBySide(subwords, "яблокояблоко", 3, 5).has_value());
  EXPECT_THAT(SideBySide(subwords, "at", 3, 5).value(),
              UnorderedElementsAreArray(OneByOne("at", 3, 5)));
}

}  // namespace
}  // namespace rubricator
