#include "classifier/fasttext_hash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace rubricator {
namespace {

using ::testing::ElementsAreArray;

std::vector<uint32_t> HashesOf(std::string_view word, uint32_t min, uint32_t max) {
  std::vector<uint32_t> hashes;
  ForEachCharNgram(word, min, max, [&hashes](uint32_t hash) { hashes.push_back(hash); });
  return hashes;
}

std::vector<uint32_t> HashesOfAll(const std::vector<std::string>& ngrams) {
  std::vector<uint32_t> hashes;
  for (const std::string& ngram : ngrams) hashes.push_back(FastTextHash(ngram));
  return hashes;
}

TEST(FastTextHashTest, IsFnv1aForAscii) {
  EXPECT_EQ(FastTextHash(""), 2166136261u);
  EXPECT_EQ(FastTextHash("a"), 0xE40C292Cu);  // Fowler, Noll and Vo's own test values
  EXPECT_EQ(FastTextHash("foobar"), 0xBF9CF968u);
}

TEST(FastTextHashTest, TakesBytesAsSignedNumbers) {
  EXPECT_EQ(FastTextHash("\xD0"), (2166136261u ^ 0xFFFFFFD0u) * 16777619u);
}

TEST(FastTextHashTest, ComesWithAFingerprintThatDiffersWhereItDoesNot) {
  for (const auto& [one, other] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"liquid", "costarring"}, {"zinke", "altarage"}, {"zinkes", "altarages"}}) {
    SCOPED_TRACE(one);
    EXPECT_EQ(HashWord(one).fasttext, FastTextHash(one));
    EXPECT_EQ(HashWord(one).fasttext, HashWord(other).fasttext);
    EXPECT_NE(HashWord(one).fingerprint, HashWord(other).fingerprint);
  }
}

TEST(FastTextHashTest, ChainsSignedHashesOfPairs) {
  EXPECT_EQ(FastTextPairHash(1, 2), 116049371u + 2u);
  EXPECT_EQ(FastTextPairHash(0xFFFFFFFFu, 5), uint64_t{0} - 116049371u + 5u);
  EXPECT_EQ(FastTextPairHash(0, 0xFFFFFFFFu), ~uint64_t{0});
}

TEST(CharNgramTest, TakesNgramsOfTheWordAndItsBorders) {
  struct Case {
    std::string_view name, word;
    uint32_t min, max;
    std::vector<std::string> want;
  };
  for (const Case& c : std::vector<Case>{
           {"threes", "where", 3, 3, {"<wh", "whe", "her", "ere", "re>"}},
           {"brackets alone are none", "ab", 1, 2, {"<a", "a", "ab", "b", "b>"}},
           {"from nothing", "ab", 0, 1, {"a", "b"}},
           {"the whole", "a", 3, 5, {"<a>"}},
           {"too long", "a", 4, 5, {}},
           {"characters, not bytes", "ёж", 3, 4, {"<ёж", "<ёж>", "ёж>"}},
           {"emoji",
            "\xF0\x9F\x98\x80",
            2,
            3,
            {"<\xF0\x9F\x98\x80", "<\xF0\x9F\x98\x80>", "\xF0\x9F\x98\x80>"}},
           {"continuation bytes join the bracket", "\x80\x81z", 1, 2, {"<\x80\x81z", "z", "z>"}},
           {"cut character", "z\xD0", 2, 2, {"<z", "z\xD0", "\xD0>"}},
           {"empty", "", 1, 2, {"<>"}},
           {"no subwords", "word", 0, 0, {}},
           {"more than most", "word", 5, 4, {}},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(HashesOf(c.word, c.min, c.max), ElementsAreArray(HashesOfAll(c.want)));
  }
}

}  // namespace
}  // namespace rubricator
