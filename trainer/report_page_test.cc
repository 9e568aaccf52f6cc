#include "trainer/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trainer/report_figures.h"

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<TopicLabel> Topics() {
  std::vector<TopicLabel> topics(2);
  topics[0].id = "city-hall";
  topics[0].names = {{"en", "City Hall"}};
  topics[1].id = "schools";
  topics[1].names = {{"en", "Schools"}};
  return topics;
}

std::vector<JudgedArticle> Articles() {
  return {
      {"a", "First", "ru", "s1", 50, {"city-hall"}, {"city-hall"}, {0.9f, 0.1f}},
      {"b", "Zweite </script>", "ru", "s1", 150, {"city-hall"}, {"schools"}, {0.2f, 0.8f}},
      {"c", "Third", "en", "s2", 400, {"schools"}, {"schools"}, {0.4f, 0.7f}},
      {"d", "Fourth", "en", "", 5, {"schools"}, {}, {}},  // the model abstained
  };
}

TEST(ReportFiguresTest, CurveCountsWhatEachThresholdFinds) {
  const auto curve = PrecisionRecallCurve(Articles(), "city-hall", 0);
  ASSERT_EQ(curve.size(), 2u);
  EXPECT_DOUBLE_EQ(curve[0].recall, 0.5);
  EXPECT_DOUBLE_EQ(curve[0].precision, 1.0);
  EXPECT_DOUBLE_EQ(curve[1].recall, 1.0);
  EXPECT_DOUBLE_EQ(curve[1].precision, 2.0 / 3.0);
  const CurvePoint point = PointAt(Articles(), "schools", 1, 0.75);
  EXPECT_DOUBLE_EQ(point.precision, 0.0);
  EXPECT_DOUBLE_EQ(PointAt(Articles(), "schools", 1, 0.6).recall, 0.5);
  EXPECT_TRUE(PrecisionRecallCurve(Articles(), "sport", 0).empty());
}

TEST(ReportFiguresTest, ConfusionsPairWhatWasMissedWithWhatWasGiven) {
  EXPECT_THAT(Confusions(Articles(), Topics()), ElementsAre(ElementsAre(0, 1), ElementsAre(0, 0)));
}

TEST(ReportFiguresTest, BinsHoldMeanConfidenceAndTruth) {
  const auto bins = ReliabilityBins(Articles(), "schools", 1);
  EXPECT_EQ(bins[8].decisions, 1u);
  EXPECT_DOUBLE_EQ(bins[8].right, 0.0);
  EXPECT_DOUBLE_EQ(bins[7].right + bins[6].right, 1.0);
}

TEST(ReportFiguresTest, GroupsByLanguageLengthAndSource) {
  const auto groups = GroupArticles(Articles());
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[1].second[0].name, "under 100 words");
  EXPECT_EQ(groups[1].second[0].articles.size(), 2u);
}

TEST(ReportPageTest, HoldsIdsOnlyUnlessTitlesAreAskedFor) {
  ReportInput input{"v1", "2026-11-22T00:00:00Z", "judged on x", Topics(), Articles(), {}, false};
  const std::string page = WriteReport(input);
  EXPECT_THAT(page, Not(HasSubstr("Zweite")));
  EXPECT_THAT(page, HasSubstr("\"id\":\"b\""));
  EXPECT_THAT(page, Not(HasSubstr("@FIGURES@")));
  EXPECT_LT(page.size(), 400'000u);
  input.has_titles = true;
  EXPECT_THAT(WriteReport(input), HasSubstr("Zweite \\u003c/script>"));
}

}  // namespace
}  // namespace rubricator
