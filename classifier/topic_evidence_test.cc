#include "classifier/topic_evidence.h"

#include <gtest/gtest.h>

namespace rubricator {
namespace {

// Words joined by spaces, each with its contribution.
std::vector<EvidenceSpan> Find(const std::vector<std::pair<std::string_view, double>>& text,
                               size_t max_spans) {
  std::vector<EvidenceWord> words;
  std::vector<double> contributions;
  for (const auto& [form, contribution] : text) {
    words.emplace_back(form, !words.empty());
    contributions.push_back(contribution);
  }
  return StrongestSpans(words, contributions, max_spans);
}

TEST(TopicEvidenceTest, MergesStrongNeighboursAndSumsThem) {
  const auto spans =
      Find({{"совет", 0.4}, {"безопасности", 0.5}, {"утром", -0.1}, {"обсудил", 0.2}}, 8);
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[0].begin, 0u);
  EXPECT_EQ(spans[0].end, 2u);
  EXPECT_DOUBLE_EQ(spans[0].contribution, 0.9);
  EXPECT_EQ(spans[1].begin, 3u);
}

TEST(TopicEvidenceTest, LeavesOutFunctionWordsAndNumbers) {
  const auto spans = Find({{"в", 0.9}, {"0000", 0.8}, {"матче", 0.3}}, 8);
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(spans[0].begin, 2u);
}

TEST(TopicEvidenceTest, ReachesOverOneFunctionWord) {
  const auto spans = Find({{"переговоры", 0.5}, {"о", 0.0}, {"мире", 0.5}}, 8);
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(spans[0].end, 3u);
}

TEST(TopicEvidenceTest, StopsAtPunctuation) {
  const std::vector<EvidenceWord> words = {{"война", false}, {"мир", false}};
  EXPECT_EQ(StrongestSpans(words, std::vector<double>{1.0, 1.0}, 8).size(), 2u);
}

TEST(TopicEvidenceTest, GivesAtMostSoManyAndNothingThatSpeaksAgainst) {
  EXPECT_EQ(Find({{"мяч", 0.5}, {"поле", -0.5}, {"гол", 0.4}, {"трава", -0.5}, {"ворота", 0.3}}, 2)
                .size(),
            2u);
  EXPECT_TRUE(Find({{"мяч", -0.5}}, 8).empty());
  EXPECT_TRUE(Find({}, 8).empty());
}

}  // namespace
}  // namespace rubricator
