// A newsroom's own taxonomy, from labels to answers.
#include "trainer/topic_training.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "classifier/compiled_topic_model.h"
#include "classifier/fasttext_model.h"
#include "classifier/tokenizer.h"
#include "classifier/topic_pooling.h"

namespace rubricator {
namespace {

// Made-up articles: each topic has words of its own among common ones.
std::vector<LabelledArticle> MakeArchive(size_t articles) {
  const std::vector<std::vector<std::string>> words = {
      {"мэрия", "бюджет", "депутат", "заседание", "мэр", "постановление"},
      {"школа", "ученик", "экзамен", "учитель", "урок", "класс"},
  };
  const std::vector<std::string> common = {"сегодня", "город",   "год",      "новый",
                                           "будет",   "человек", "сообщили", "день"};
  const std::vector<std::string> labels = {"city-hall", "schools"};
  std::mt19937 random(7);
  std::vector<LabelledArticle> archive;
  for (size_t i = 0; i < articles; ++i) {
    LabelledArticle& article = archive.emplace_back();
    article.id = "a" + std::to_string(i);
    article.language = "ru";
    article.is_labelled = true;
    const size_t which = random() % 3;  // one, the other, or both
    for (size_t topic = 0; topic < 2; ++topic) {
      if (which != 2 && which != topic) continue;
      article.topics.push_back(labels[topic]);
      for (int n = 0; n < 6; ++n)
        article.body += words[topic][random() % words[topic].size()] + " ";
    }
    for (int n = 0; n < 12; ++n)
      article.body += common[random() % common.size()] + std::to_string(random() % 3) + " ";
  }
  return archive;
}

// The labels that at least `min_articles` carry, sorted by id; a label's name is its id.
std::vector<TopicLabel> TaxonomyOf(const std::vector<LabelledArticle>& articles,
                                   size_t min_articles) {
  std::map<std::string, size_t> counts;
  for (const LabelledArticle& article : articles) {
    for (const std::string& topic : article.topics) ++counts[topic];
  }
  std::vector<TopicLabel> topics;
  for (const auto& [id, count] : counts) {
    if (count < min_articles) continue;
    TopicLabel& topic = topics.emplace_back();
    topic.id = id;
    topic.names = {{"en", id}};
  }
  return topics;
}

class TopicTrainingTest : public ::testing::Test {
 protected:
  TopicTrainingTest()
      : folder_(std::filesystem::path(::testing::TempDir()) / "topic_training_test") {
    std::filesystem::create_directories(folder_);
    options_.features.buckets = 1 << 16;
    options_.linear.epochs = 5;
    options_.pooling = {0.5,
                        {{PoolingStatistic::kWhole, 0}, {PoolingStatistic::kMax, 16}},
                        {{PoolingStatistic::kWhole, 0}}};
  }
  ~TopicTrainingTest() override { std::filesystem::remove_all(folder_); }

  std::string ReadFile(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
    return text.str();
  }

  std::filesystem::path folder_;
  TopicTrainingOptions options_;
};

TEST_F(TopicTrainingTest, LearnsATaxonomyOfOnesOwn) {
  const auto archive = MakeArchive(400);
  const auto trained = TrainTopics(archive, TaxonomyOf(archive, 10), options_, folder_);
  ASSERT_TRUE(trained.ok()) << trained.status();
  ASSERT_EQ(trained->rules.size(), 2u);
  EXPECT_EQ(trained->rules[0].id, "city-hall");
  EXPECT_GT(trained->cross_validated.MacroF1(), 0.95);
  EXPECT_LT(trained->cross_validated.CalibrationError(), 0.05);
}

TEST_F(TopicTrainingTest, LearnsFromPartsAndJudgesWholeArticles) {
  auto archive = MakeArchive(200);
  for (size_t i = 0; i < 50; ++i) archive[i].is_part = true;
  const auto trained = TrainTopics(archive, TaxonomyOf(archive, 10), options_, folder_);
  ASSERT_TRUE(trained.ok()) << trained.status();
  EXPECT_EQ(trained->cross_validated.articles(), archive.size() - 50);
  EXPECT_EQ(trained->judged.size(), archive.size() - 50);
}

TEST_F(TopicTrainingTest, GivesTheSameFilesForTheSameSeed) {
  const auto archive = MakeArchive(200);
  ASSERT_TRUE(TrainTopics(archive, TaxonomyOf(archive, 10), options_, folder_).ok());
  const std::string ftz = ReadFile("topics.ftz");
  const std::string rows = ReadFile("topics.rows");
  options_.threads = 1;
  ASSERT_TRUE(TrainTopics(archive, TaxonomyOf(archive, 10), options_, folder_).ok());
  EXPECT_TRUE(ftz == ReadFile("topics.ftz"));
  EXPECT_TRUE(rows == ReadFile("topics.rows"));
}

// libfasttext's logits of a line are the pooled "whole" with length exponent 1.
TEST_F(TopicTrainingTest, WritesAModelThatFastTextScoresAlike) {
  const auto archive = MakeArchive(200);
  ASSERT_TRUE(TrainTopics(archive, TaxonomyOf(archive, 10), options_, folder_).ok());
  const auto file = DescribeFile(folder_ / "topics.ftz");
  const auto reference = FastTextModel::Load(folder_ / "topics.ftz", file->sha256);
  ASSERT_TRUE(reference.ok()) << reference.status();
  const auto compiled = CompiledTopicModel::Open(folder_ / "topics.rows");
  ASSERT_TRUE(compiled.ok()) << compiled.status();
  const PoolingRule whole{1.0, {{PoolingStatistic::kWhole, 0}}, {}};
  TokenizedText tokens;
  WordScores scores;
  for (size_t i = 0; i < 50; ++i) {
    Tokenize(archive[i].body + " незнакомоеслово", tokens);
    std::vector<std::string_view> words;
    std::string line;
    for (size_t j = 0; j < tokens.size(); ++j) {
      words.push_back(tokens.Form(j));
      line += (line.empty() ? "" : " ") + std::string(tokens.Form(j));
    }
    (*compiled)->Score(words, scores);
    const PooledScores pooled(**compiled, scores, whole);
    const std::vector<float> want = (*reference)->Logits(line);
    for (size_t label = 0; label < want.size(); ++label) {
      EXPECT_NEAR(pooled.Logit(label, 0.0, std::vector<double>{1.0}), want[label], 1e-5);
    }
  }
}

TEST_F(TopicTrainingTest, RefusesWhatCannotBeLearned) {
  auto archive = MakeArchive(40);
  EXPECT_EQ(TrainTopics(archive, {}, options_, folder_).status().code(),
            absl::StatusCode::kInvalidArgument);
  auto labels = TaxonomyOf(archive, 1);
  labels[0].id = "nowhere";
  EXPECT_EQ(TrainTopics(archive, labels, options_, folder_).status().code(),
            absl::StatusCode::kInvalidArgument);
  archive.resize(1);
  EXPECT_EQ(TrainTopics(archive, TaxonomyOf(MakeArchive(40), 1), options_, folder_).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace rubricator
