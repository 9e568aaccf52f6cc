#include "trainer/tuning.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <random>

namespace rubricator {
namespace {

class TuningTest : public ::testing::Test {
 protected:
  TuningTest() : state_(::testing::TempDir() + "tuning_test.json"), corpus_(SmallFeatures()) {
    std::filesystem::remove(state_);
    std::mt19937 random(3);
    for (int i = 0; i < 60; ++i) {
      LabelledArticle article;
      article.is_labelled = true;
      article.language = "en";
      article.topics = {i % 2 == 0 ? "city-hall" : "schools"};
      for (int n = 0; n < 12; ++n)
        article.body += (i % 2 == 0 ? "mayor" : "pupil") + std::to_string(random() % 60) + "x ";
      corpus_.Add(article);
    }
    labels_.resize(2);
    labels_[0].id = "city-hall";
    labels_[1].id = "schools";
    base_.folds = 2;
    base_.threads = 1;
    base_.linear.epochs = 2;
    base_.pooling = {0.5, {{PoolingStatistic::kWhole, 0}}, {}};
    corpus_.Finish(base_.folds, labels_);
    options_.trials = 2;
    options_.state = state_;
  }
  ~TuningTest() override { std::filesystem::remove(state_); }

  static FeatureOptions SmallFeatures() {
    FeatureOptions features;
    features.buckets = 1 << 14;
    return features;
  }
  absl::StatusOr<std::vector<Trial>> Run() {
    return Tune(corpus_, labels_, base_, options_, [&](int, const Trial&) { ++shown_; });
  }

  std::filesystem::path state_;
  TopicCorpus corpus_;
  std::vector<TopicLabel> labels_;
  TopicTrainingOptions base_;
  TuningOptions options_;
  int shown_ = 0;
};

TEST_F(TuningTest, DrawsTheSameTrialForTheSameSeed) {
  EXPECT_EQ(DrawTrial(base_, 7, 3).Flags(), DrawTrial(base_, 7, 3).Flags());
  EXPECT_NE(DrawTrial(base_, 7, 3).Flags(), DrawTrial(base_, 7, 4).Flags());
  EXPECT_EQ(DrawTrial(base_, 7, 0).epochs, 2);
  for (int i = 1; i < 50; ++i) {
    const Trial trial = DrawTrial(base_, 7, i);
    EXPECT_GE(trial.epochs, 5);
    EXPECT_LE(trial.epochs, 25);
    EXPECT_GT(trial.rate, 0.25);
    EXPECT_LE(trial.max_rows, 500'000u);
  }
}

TEST_F(TuningTest, GoesOnWithFinishedTrials) {
  bool is_stopped = false;
  base_.is_stopped = [&] { return is_stopped; };
  ASSERT_TRUE(Run().ok());
  options_.trials = 3;
  is_stopped = true;
  EXPECT_EQ(Run().status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(shown_, 4);  // two tried, two read
  is_stopped = false;
  const auto trials = Run();
  ASSERT_TRUE(trials.ok()) << trials.status();
  EXPECT_EQ(trials->size(), 3u);
  EXPECT_GT(trials->front().macro_f1, 0.9);
}

TEST_F(TuningTest, RefusesTheTrialsOfAnotherSearch) {
  ASSERT_TRUE(Run().ok());
  options_.seed = 2;
  EXPECT_EQ(Run().status().code(), absl::StatusCode::kFailedPrecondition);
  std::ofstream(state_) << "{";
  EXPECT_EQ(Run().status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace rubricator
