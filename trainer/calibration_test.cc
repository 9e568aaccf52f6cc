// Logistic regression, thresholds and the figures they are judged by.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "trainer/evaluation.h"
#include "trainer/logistic_regression.h"
#include "trainer/near_duplicates.h"
#include "trainer/threshold.h"

namespace rubricator {
namespace {

TEST(LogisticRegressionTest, FindsTheModelThatMadeTheData) {
  std::vector<double> features, weights;
  std::vector<int> labels;
  for (int i = 0; i < 2000; ++i) {
    const double x = (i % 41 - 20) / 10.0;
    const double p = 1.0 / (1.0 + std::exp(-(0.5 + 1.5 * x)));
    features.push_back(x);
    labels.push_back((i * 7919 % 1000) < 1000 * p ? 1 : 0);
    weights.push_back(1.0);
  }
  const LogisticModel model = FitLogisticRegression(features, labels, weights, {0.0, {0.0}}, 1e-6);
  EXPECT_NEAR(model.bias, 0.5, 0.15);
  EXPECT_NEAR(model.weights[0], 1.5, 0.15);
}

TEST(LogisticRegressionTest, StaysFiniteOnOneClassAndOnSeparableData) {
  const std::vector<double> features = {1.0, 2.0};
  const std::vector<double> weights = {1.0, 1.0};
  for (const std::vector<int>& labels : {std::vector<int>{1, 1}, std::vector<int>{0, 1}}) {
    const LogisticModel model = FitLogisticRegression(features, labels, weights, {0.0, {0.0}}, 1.0);
    EXPECT_TRUE(std::isfinite(model.bias) && std::isfinite(model.weights[0]));
  }
}

TEST(ThresholdTest, SeparatesWhatCanBeSeparated) {
  const std::vector<double> confidences = {0.9, 0.7, 0.3, 0.1};
  const std::vector<int> labels = {1, 1, 0, 0};
  const std::vector<double> weights(4, 1.0);
  EXPECT_DOUBLE_EQ(BestThreshold(confidences, labels, weights, 0.1, 0.9), 0.7);
  EXPECT_DOUBLE_EQ(BestThreshold(confidences, labels, weights, 0.1, 0.5), 0.5);
  EXPECT_DOUBLE_EQ(BestThreshold(confidences, std::vector<int>(4, 0), weights, 0.1, 0.6), 0.6);
}

TEST(EvaluationTest, CountsAsTheJudgeOfQualityDoes) {
  Evaluation evaluation;
  evaluation.Add({"a", "b"}, {"a"}, {{"a", 0.95}, {"b", 0.05}});
  evaluation.Add({"a"}, {"a", "c"}, {{"a", 0.95}, {"b", 0.05}});
  EXPECT_DOUBLE_EQ(evaluation.MacroF1(), 0.5);  // a 1, b 0; c has no gold item
  EXPECT_DOUBLE_EQ(evaluation.MicroF1(), 2.0 * 2 / (2.0 * 2 + 1 + 1));
  EXPECT_DOUBLE_EQ(evaluation.MacroF1Of({"a", "d"}), 1.0);
  EXPECT_NEAR(evaluation.CalibrationError("a"), 0.05, 1e-9);
  EXPECT_NEAR(evaluation.CalibrationError("b"), 0.45, 1e-9);
}

TEST(NearDuplicatesTest, GroupsTheSameStoryAndPartsOfOneArticle) {
  const std::vector<std::string_view> story = {
      "в", "бишкеке", "прошли", "переговоры", "президентов", "двух", "стран", "о", "границе", "и"};
  std::vector<std::string_view> longer = story;
  longer.push_back("торговле");
  NearDuplicates duplicates;
  duplicates.Add(story, 0);
  duplicates.Add(longer, 0);
  duplicates.Add({"совсем", "другой", "текст", "о", "футболе"}, 7);
  duplicates.Add({"и", "его", "второй", "абзац", "про", "ворота"}, 7);
  const std::vector<uint64_t> groups = duplicates.Groups();
  EXPECT_EQ(groups[0], groups[1]);
  EXPECT_EQ(groups[2], groups[3]);
  EXPECT_NE(groups[0], groups[2]);
}

}  // namespace
}  // namespace rubricator
