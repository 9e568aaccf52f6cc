// Holds the compiled engine to libfasttext, on models of every make that libfasttext trains.
#include "trainer/model_compiler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/compiled_topic_model.h"
#include "tests/support/sample_models.h"
#include "tests/support/sample_texts.h"

namespace rubricator {
namespace {

using testing::JoinWords;
using testing::LoadWithOwnDigest;
using testing::SampleModel;
using testing::SampleModels;
using testing::SampleTexts;
using testing::ScratchFolder;
using testing::TrainSampleModel;

constexpr uint64_t kSeed = 20261122;
constexpr int kRandomTexts = 20000;  // for all models together
constexpr double kTolerance = 1e-5;

// The two engines over one model.
struct Pair {
  std::unique_ptr<FastTextModel> reference;
  std::unique_ptr<CompiledTopicModel> compiled;
};

Pair MakePair(const SampleModel& sample, const CompileOptions& options = {}) {
  const ScratchFolder folder;
  TrainSampleModel(sample, folder.path() / "model");
  Pair pair;
  pair.reference = LoadWithOwnDigest(folder.path() / "model").value();
  EXPECT_TRUE(CompileTopicModel(*pair.reference, folder.path() / "compiled", options).ok());
  pair.compiled = CompiledTopicModel::Open(folder.path() / "compiled").value();
  EXPECT_TRUE(pair.compiled->CheckDigest().ok());
  return pair;
}

// Logits of words [begin, end) by the formula of WordScores; empty for no row.
std::vector<float> LogitsOf(const CompiledTopicModel& model, const WordScores& scores, size_t begin,
                            size_t end) {
  std::vector<float> sum(scores.labels);
  uint32_t rows = model.AddEnd(sum);
  if (end > begin) rows += model.AddPairWithEnd(scores.hashes[end - 1], sum);
  for (size_t i = begin; i < end; ++i) {
    for (size_t label = 0; label < sum.size(); ++label) {
      sum[label] += scores.WordRow(i)[label];
      if (i + 1 < end) sum[label] += scores.PairRow(i)[label];
    }
    rows += scores.word_rows[i] + (i + 1 < end ? scores.pair_rows[i] : 0);
  }
  if (rows == 0) return {};
  for (float& value : sum) value /= static_cast<float>(rows);
  return sum;
}

WordScores ScoreOf(const CompiledTopicModel& model, const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  WordScores scores;
  model.Score(views, scores);
  return scores;
}

// What libfasttext makes of logits: a table of 512 steps for the sigmoid, and log and exp that
// leave 1e-5 over.
std::vector<float> FastTextProbabilities(const std::vector<float>& logits, bool is_softmax) {
  std::vector<float> result;
  const float greatest = logits.empty() ? 0 : *std::max_element(logits.begin(), logits.end());
  float sum = 0;
  for (const float logit : logits) sum += std::exp(logit - greatest);
  for (const float logit : logits) {
    const float step = std::floor((logit + 8) * 32) / 32 - 8;
    const float sigmoid = logit < -8 ? 0 : logit > 8 ? 1 : 1 / (1 + std::exp(-step));
    result.push_back(
        std::min(1.0f, (is_softmax ? std::exp(logit - greatest) / sum : sigmoid) + 1e-5f));
  }
  return result;
}

// The logit stands where the next float may fall into another step of the table.
bool IsAtTableStep(float logit) {
  const double steps = (logit + 8.0) * 32;
  return std::abs(steps - std::round(steps)) < 1e-3;
}

void ExpectSameLogits(const Pair& pair, const std::vector<std::string>& words, size_t begin,
                      size_t end, const WordScores& scores) {
  const std::string line = JoinWords({words.begin() + begin, words.begin() + end});
  const std::vector<float> want = pair.reference->Logits(line);
  const std::vector<float> got = LogitsOf(*pair.compiled, scores, begin, end);
  ASSERT_EQ(got.size(), want.size()) << line;
  for (size_t i = 0; i < want.size(); ++i) {
    ASSERT_NEAR(got[i], want[i], kTolerance * std::max(1.0f, std::abs(want[i]))) << line;
  }
  const std::vector<float> probabilities = pair.reference->Predict(line);
  const std::vector<float> ours = FastTextProbabilities(got, pair.compiled->is_softmax());
  for (size_t i = 0; i < ours.size(); ++i) {
    if (!pair.compiled->is_softmax() && IsAtTableStep(got[i])) continue;
    ASSERT_NEAR(ours[i], probabilities[i], kTolerance) << line;
  }
}

class ModelCompilerTest : public ::testing::TestWithParam<SampleModel> {};

TEST_P(ModelCompilerTest, ScoresRandomTextsAndTheirPartsAsFastTextDoes) {
  const Pair pair = MakePair(GetParam());
  ASSERT_EQ(pair.compiled->labels(), pair.reference->labels());
  SampleTexts texts(kSeed);
  for (size_t i = 0; i < kRandomTexts / SampleModels().size() + 1; ++i) {
    SCOPED_TRACE(::testing::Message() << "seed " << kSeed << ", text " << i);
    const std::vector<std::string> words = texts.Text(/*max_words=*/150);
    const WordScores scores = ScoreOf(*pair.compiled, words);
    ExpectSameLogits(pair, words, 0, words.size(), scores);
    const size_t begin = texts.Below(words.size() + 1);
    const size_t end = begin + texts.Below(words.size() - begin + 1);
    ExpectSameLogits(pair, words, begin, end, scores);
    if (HasFatalFailure()) return;
  }
}

TEST_P(ModelCompilerTest, TellsKnownWordsFromUnknownOnes) {
  const Pair pair = MakePair(GetParam());
  std::vector<std::string> words;
  for (int32_t id = 0; id < pair.reference->word_count(); ++id)
    words.push_back(pair.reference->Word(id));
  std::erase(words, "</s>");
  const size_t known = words.size();
  SampleTexts texts(kSeed);
  for (int i = 0; i < 200; ++i) words.push_back(texts.HostileWord());
  const WordScores scores = ScoreOf(*pair.compiled, words);
  for (size_t i = 0; i < words.size(); ++i) ASSERT_EQ(scores.is_known[i], i < known) << words[i];
}

INSTANTIATE_TEST_SUITE_P(Makes, ModelCompilerTest, ::testing::ValuesIn(SampleModels()),
                         [](const auto& info) { return info.param.name; });

TEST(ModelCompilerOptionsTest, ReusedScoresHoldNothingOfTheTextBefore) {
  const Pair pair =
      MakePair({.name = "subwords", .word_ngrams = 2, .min_char_ngram = 3, .max_char_ngram = 5});
  SampleTexts texts(kSeed);
  WordScores reused;
  for (int i = 0; i < 300; ++i) {
    const std::vector<std::string> words = texts.Text(200);
    const std::vector<std::string_view> views(words.begin(), words.end());
    pair.compiled->Score(views, reused);
    const WordScores fresh = ScoreOf(*pair.compiled, words);
    ASSERT_EQ(reused.word, fresh.word);
    ASSERT_EQ(reused.pair, fresh.pair);
    ASSERT_EQ(reused.word_rows, fresh.word_rows);
    ASSERT_EQ(reused.pair_rows, fresh.pair_rows);
    ASSERT_EQ(reused.is_known, fresh.is_known);
  }
}

TEST(ModelCompilerOptionsTest, Float16RowsScoreWithinTheirPrecision) {
  const SampleModel sample = {
      .name = "halves", .word_ngrams = 2, .min_char_ngram = 3, .max_char_ngram = 5};
  const Pair pair = MakePair(
      sample, {.bucket_rows = CompileOptions::BucketRows::kFloat16, .float16_words = true});
  SampleTexts texts(kSeed);
  for (int i = 0; i < 1000; ++i) {
    const std::vector<std::string> words = texts.Text(100);
    const std::vector<float> want = pair.reference->Logits(JoinWords(words));
    const std::vector<float> got =
        LogitsOf(*pair.compiled, ScoreOf(*pair.compiled, words), 0, words.size());
    ASSERT_EQ(got.size(), want.size());
    for (size_t label = 0; label < want.size(); ++label) ASSERT_NEAR(got[label], want[label], 0.01);
  }
}

TEST(ModelCompilerOptionsTest, RefusesWhatTheEngineCannotScore) {
  const ScratchFolder folder;
  const std::vector<SampleModel> samples = {
      {.name = "hierarchical softmax", .loss = FastTextModel::Loss::kHierarchicalSoftmax},
      {.name = "trigrams", .word_ngrams = 3},
  };
  for (const SampleModel& sample : samples) {
    SCOPED_TRACE(sample.name);
    TrainSampleModel(sample, folder.path() / "model");
    const auto model = LoadWithOwnDigest(folder.path() / "model").value();
    const absl::Status status = CompileTopicModel(*model, folder.path() / "compiled", {});
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "compiled"));
  }
}

TEST(ModelCompilerOptionsTest, RefusesRowsBeyondTheLimitBeforeComputingThem) {
  const ScratchFolder folder;
  TrainSampleModel({.name = "words"}, folder.path() / "model");
  const auto model = LoadWithOwnDigest(folder.path() / "model").value();
  const absl::Status status =
      CompileTopicModel(*model, folder.path() / "compiled", {.max_bytes = 1000});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
}

TEST(ModelCompilerOptionsTest, SaysWhereItCannotWrite) {
  const ScratchFolder folder;
  TrainSampleModel({.name = "words"}, folder.path() / "model");
  const auto model = LoadWithOwnDigest(folder.path() / "model").value();
  EXPECT_EQ(CompileTopicModel(*model, folder.path() / "no" / "compiled", {}).code(),
            absl::StatusCode::kUnknown);
}

}  // namespace
}  // namespace rubricator
