#include "trainer/fasttext_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "classifier/compiled_model_layout.h"
#include "classifier/compiled_topic_model.h"
#include "tests/support/sample_models.h"
#include "tests/support/sample_texts.h"
#include "trainer/model_compiler.h"

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using testing::JoinWords;
using testing::LoadWithOwnDigest;
using testing::SampleTexts;
using testing::ScratchFolder;

constexpr size_t kLabels = 14;

RowMatrix RandomRows(size_t rows, std::mt19937& random) {
  std::normal_distribution<float> weight(0, 2);
  RowMatrix matrix{.labels = kLabels, .values = std::vector<float>(rows * kLabels)};
  for (float& value : matrix.values) value = weight(random);
  return matrix;
}

// Words of SampleTexts, two thirds of the buckets kept.
FastTextWeights SampleWeights(bool pruned) {
  std::mt19937 random(5);
  FastTextWeights weights;
  for (size_t i = 0; i < kLabels; ++i)
    weights.labels.push_back({.text = "topic" + std::to_string(i), .count = 10});
  weights.words.push_back({.text = "</s>", .count = 100});
  SampleTexts texts(/*seed=*/3);
  for (int i = 0; i < 3000; ++i) {
    const std::string word = texts.KnownWord();
    const auto is_word = [&word](const auto& entry) { return entry.text == word; };
    if (std::none_of(weights.words.begin(), weights.words.end(), is_word))
      weights.words.push_back({.text = word});
  }
  weights.word_ngrams = 2;
  weights.min_char_ngram = 3;
  weights.max_char_ngram = 5;
  weights.bucket_count = 3000;
  for (int32_t bucket = 0; bucket < weights.bucket_count; ++bucket) {
    if (!pruned || bucket % 3 != 0) weights.kept_buckets.push_back(bucket);
  }
  weights.word_rows = RandomRows(weights.words.size(), random);
  weights.bucket_rows = RandomRows(weights.kept_buckets.size(), random);
  return weights;
}

std::unique_ptr<FastTextModel> WriteAndLoad(const FastTextWeights& weights, bool quantized) {
  const ScratchFolder folder;
  const auto path = folder.path() / "model";
  const absl::Status written =
      quantized ? WriteFastTextFtz(weights, path) : WriteFastTextBin(weights, path);
  EXPECT_TRUE(written.ok()) << written;
  return LoadWithOwnDigest(path).value();
}

TEST(FastTextWriterTest, LibfasttextReadsTheBinFilesWeightsBack) {
  const FastTextWeights weights = SampleWeights(/*pruned=*/false);
  const auto model = WriteAndLoad(weights, /*quantized=*/false);
  EXPECT_EQ(model->labels().size(), kLabels);
  EXPECT_EQ(model->labels()[3], "topic3");
  EXPECT_EQ(model->loss(), FastTextModel::Loss::kOneVsAll);
  EXPECT_EQ(model->word_ngrams(), 2);
  EXPECT_EQ(model->min_char_ngram(), 3);
  EXPECT_EQ(model->max_char_ngram(), 5);
  EXPECT_EQ(model->bucket_count(), 3000);
  ASSERT_EQ(model->word_count(), static_cast<int32_t>(weights.words.size()));
  for (size_t i = 0; i < weights.words.size(); ++i) {
    EXPECT_EQ(model->Word(static_cast<int32_t>(i)), weights.words[i].text);
    const auto row = weights.word_rows.Row(i);
    EXPECT_EQ(model->RowLogits(static_cast<int64_t>(i)),
              std::vector<float>(row.begin(), row.end()));
  }
  const auto last = weights.bucket_rows.Row(weights.bucket_rows.rows() - 1);
  EXPECT_EQ(model->RowLogits(model->row_count() - 1), std::vector<float>(last.begin(), last.end()));
}

TEST(FastTextWriterTest, LibfasttextReadsTheFtzFilesWeightsWithinTheCodebook) {
  const FastTextWeights weights = SampleWeights(/*pruned=*/true);
  const auto model = WriteAndLoad(weights, /*quantized=*/true);
  double squared_error = 0;
  for (size_t i = 0; i < weights.word_rows.rows(); ++i) {
    const std::vector<float> row = model->RowLogits(static_cast<int64_t>(i));
    for (size_t label = 0; label < kLabels; ++label) {
      squared_error += std::pow(row[label] - weights.word_rows.Row(i)[label], 2);
    }
  }
  // Normal weights of deviation 2: 256 levels leave less than 1% of it.
  EXPECT_LT(std::sqrt(squared_error / static_cast<double>(weights.word_rows.values.size())), 0.02);
}

TEST(FastTextWriterTest, LeavesOutBucketsWithoutARow) {
  const FastTextWeights weights = SampleWeights(/*pruned=*/true);
  const auto model = WriteAndLoad(weights, /*quantized=*/true);
  const std::vector<int32_t> rows = model->BucketRows();
  ASSERT_EQ(rows.size(), 3000u);
  const auto words = static_cast<int32_t>(weights.words.size());
  EXPECT_THAT(std::vector<int32_t>(rows.begin(), rows.begin() + 6),
              ElementsAre(-1, words, words + 1, -1, words + 2, words + 3));
}

TEST(FastTextWriterTest, FtzFilesCompileToCodesThatScoreTheSame) {
  const ScratchFolder folder;
  for (const bool pruned : {false, true}) {
    SCOPED_TRACE(pruned);
    const auto model = WriteAndLoad(SampleWeights(pruned), /*quantized=*/true);
    ASSERT_TRUE(CompileTopicModel(*model, folder.path() / "compiled", {}).ok());
    const auto compiled = CompiledTopicModel::Open(folder.path() / "compiled").value();
    SampleTexts texts(/*seed=*/11);
    WordScores scores;
    for (int i = 0; i < 300; ++i) {
      const std::string word = i % 2 == 0 ? texts.MisspeltWord() : texts.KnownWord();
      const std::vector<std::string_view> words = {word};
      compiled->Score(words, scores);
      std::vector<float> row(scores.WordRow(0).begin(), scores.WordRow(0).end());
      const uint32_t rows = scores.word_rows[0] + compiled->AddPairWithEnd(scores.hashes[0], row) +
                            compiled->AddEnd(row);
      const std::vector<float> want = model->Logits(word);
      for (size_t label = 0; label < kLabels; ++label) {
        ASSERT_NEAR(row[label] / static_cast<float>(rows), want[label], 1e-5) << word;
      }
    }
  }
}

TEST(FastTextWriterTest, WordsThatFastTextHashesAlikeAreToldApart) {
  // Collisions of 32-bit FNV-1a, each first word in the dictionary.
  const std::vector<std::string_view> words = {"liquid", "costarring", "zinke", "altarage"};
  FastTextWeights weights = SampleWeights(/*pruned=*/false);
  weights.words[1].text = words[0];
  weights.words[2].text = words[2];
  const auto model = WriteAndLoad(weights, /*quantized=*/false);
  const ScratchFolder folder;
  ASSERT_TRUE(CompileTopicModel(*model, folder.path() / "compiled", {}).ok());
  const auto compiled = CompiledTopicModel::Open(folder.path() / "compiled").value();
  WordScores scores;
  compiled->Score(words, scores);
  ASSERT_EQ(scores.hashes[0], scores.hashes[1]);
  ASSERT_EQ(scores.hashes[2], scores.hashes[3]);
  EXPECT_THAT(scores.is_known, ElementsAre(1, 0, 1, 0));
}

TEST(FastTextWriterTest, FtzFilesCompileToOneByteAWeight) {
  const auto model = WriteAndLoad(SampleWeights(/*pruned=*/true), /*quantized=*/true);
  const std::string bytes = CompileTopicModelToBytes(*model, {}).value();
  compiled_model::FileHeader header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  EXPECT_EQ(header.bucket_encoding, compiled_model::RowEncoding::kQuadratic8);
  EXPECT_EQ(header.sections[compiled_model::kBucketRows].bytes, 2000u * 16);
}

TEST(FastTextWriterTest, RefusesABinFileWithoutAllBuckets) {
  EXPECT_EQ(SerializeFastTextBin(SampleWeights(/*pruned=*/true)).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(FastTextWriterTest, RefusesNumbersThatDoNotFit) {
  struct Case {
    std::string_view name;
    void (*spoil)(FastTextWeights&);
  };
  for (const Case& c : {
           Case{"no label", [](FastTextWeights& w) { w.labels.clear(); }},
           Case{"space in a word", [](FastTextWeights& w) { w.words[1].text = "a b"; }},
           Case{"empty word", [](FastTextWeights& w) { w.words[1].text.clear(); }},
           Case{"a word twice", [](FastTextWeights& w) { w.words[1].text = w.words[2].text; }},
           Case{"a label twice", [](FastTextWeights& w) { w.labels[1].text = w.labels[2].text; }},
           Case{"trigrams", [](FastTextWeights& w) { w.word_ngrams = 3; }},
           Case{"negative n-grams", [](FastTextWeights& w) { w.min_char_ngram = -1; }},
           Case{"no buckets", [](FastTextWeights& w) { w.bucket_count = 0; }},
           Case{"a bucket beyond", [](FastTextWeights& w) { w.kept_buckets.back() = 3000; }},
           Case{"buckets in disorder",
                [](FastTextWeights& w) { std::swap(w.kept_buckets[0], w.kept_buckets[1]); }},
           Case{"a row too few", [](FastTextWeights& w) { w.word_rows.values.resize(kLabels); }},
           Case{"a bucket row too many",
                [](FastTextWeights& w) { w.bucket_rows.values.resize(1 << 20); }},
           Case{"not a number", [](FastTextWeights& w) { w.bucket_rows.values[5] = NAN; }},
       }) {
    SCOPED_TRACE(c.name);
    FastTextWeights weights = SampleWeights(/*pruned=*/true);
    c.spoil(weights);
    EXPECT_EQ(SerializeFastTextFtz(weights).status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(SerializeFastTextBin(weights).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(FastTextWriterTest, SaysWhereItCannotWrite) {
  const ScratchFolder folder;
  const FastTextWeights weights = SampleWeights(/*pruned=*/false);
  EXPECT_EQ(WriteFastTextBin(weights, folder.path() / "no" / "model").code(),
            absl::StatusCode::kUnknown);
  EXPECT_EQ(WriteFastTextFtz(weights, folder.path() / "no" / "model").code(),
            absl::StatusCode::kUnknown);
}

}  // namespace
}  // namespace rubricator
