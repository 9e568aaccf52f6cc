// Files that the trainer did not write: nothing in them may make the engine read outside them. That
// the scores are fastText's is held by trainer/model_compiler_test.cc.
#include "classifier/compiled_topic_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <random>
#include <string>

#include "classifier/compiled_model_layout.h"
#include "tests/support/aligned_bytes.h"
#include "tests/support/sample_models.h"
#include "tests/support/sample_texts.h"

namespace rubricator {
namespace {

using compiled_model::FileHeader;
using testing::AlignedBytes;
using testing::CompileSampleModel;
using ::testing::Each;
using ::testing::IsEmpty;
using testing::SampleModel;
using testing::SampleTexts;
using testing::ScratchFolder;

constexpr uint64_t kSeed = 4;

// One for each way that rows are stored.
std::vector<SampleModel> StoredModels() {
  return {
      {.name = "float32",
       .word_ngrams = 2,
       .min_char_ngram = 3,
       .max_char_ngram = 4,
       .buckets = 300},
      {.name = "pruned", .word_ngrams = 2, .buckets = 300, .quantized = true, .cutoff = 400},
      {.name = "codebook", .min_char_ngram = 3, .max_char_ngram = 4, .buckets = 200},
  };
}

// Scores a text, its last pair and its end, if the file opens at all.
void UseEverything(std::string_view bytes) {
  const auto model = CompiledTopicModel::FromBytes(bytes);
  if (!model.ok()) {
    EXPECT_TRUE(model.status().code() == absl::StatusCode::kDataLoss ||
                model.status().code() == absl::StatusCode::kFailedPrecondition)
        << model.status();
    return;
  }
  SampleTexts texts(kSeed);
  const std::vector<std::string> words = texts.Text(120);
  const std::vector<std::string_view> views(words.begin(), words.end());
  WordScores scores;
  (*model)->Score(views, scores);
  std::vector<float> row((*model)->labels().size());
  (*model)->AddEnd(row);
  for (const uint32_t hash : scores.hashes) (*model)->AddPairWithEnd(hash, row);
}

TEST(CompiledTopicModelTest, SaysWhatIsWrongWithAFile) {
  const ScratchFolder folder;
  EXPECT_EQ(CompiledTopicModel::Open(folder.path() / "none").status().code(),
            absl::StatusCode::kNotFound);
  std::ofstream(folder.path() / "empty").flush();
  EXPECT_EQ(CompiledTopicModel::Open(folder.path() / "empty").status().code(),
            absl::StatusCode::kDataLoss);
  AlignedBytes bytes(CompileSampleModel({.name = "words"}));
  const uint32_t next_version = compiled_model::kLayoutVersion + 1;
  std::memcpy(bytes.data() + offsetof(FileHeader, layout_version), &next_version,
              sizeof(next_version));
  EXPECT_EQ(CompiledTopicModel::FromBytes(bytes.view()).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(CompiledTopicModel::FromBytes(bytes.view().substr(1)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(CompiledTopicModelTest, KeepsNoMoreThanItWasAsked) {
  const AlignedBytes bytes(CompileSampleModel({.name = "words"}));
  const auto model = CompiledTopicModel::FromBytes(bytes.view()).value();
  WordScores scores;
  const std::vector<std::string_view> words = {"гран", "союз", "гран"};
  model->Score(words, scores);
  model->Score({}, scores);
  EXPECT_THAT(scores.word, IsEmpty());
  EXPECT_THAT(scores.word_rows, IsEmpty());
  EXPECT_EQ(scores.labels, model->labels().size());
}

TEST(CompiledTopicModelTest, HasNoPairsWithoutBigrams) {
  const AlignedBytes bytes(CompileSampleModel({.name = "words"}));
  const auto model = CompiledTopicModel::FromBytes(bytes.view()).value();
  WordScores scores;
  const std::vector<std::string_view> words = {"гран", "союз", "гран"};
  model->Score(words, scores);
  EXPECT_THAT(scores.pair_rows, Each(0u));
  EXPECT_THAT(scores.pair, Each(0.0f));
  std::vector<float> row(scores.labels);
  EXPECT_EQ(model->AddPairWithEnd(scores.hashes[0], row), 0u);
  EXPECT_THAT(row, Each(0.0f));
}

TEST(CompiledTopicModelTest, RowsBeyondTheLabelsAreZero) {
  const AlignedBytes bytes(CompileSampleModel(StoredModels()[0]));
  const auto model = CompiledTopicModel::FromBytes(bytes.view()).value();
  WordScores scores;
  const std::vector<std::string_view> words = {"гран", "unheard", "союз"};
  model->Score(words, scores);
  ASSERT_EQ(scores.stride, 8u);
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t column = scores.labels; column < scores.stride; ++column) {
      EXPECT_EQ(scores.word[i * scores.stride + column], 0);
      EXPECT_EQ(scores.pair[i * scores.stride + column], 0);
    }
  }
}

TEST(CompiledTopicModelTest, KnowsWhenContentIsNotWhatItsDigestSays) {
  AlignedBytes bytes(CompileSampleModel({.name = "words"}));
  EXPECT_TRUE(CompiledTopicModel::FromBytes(bytes.view()).value()->CheckDigest().ok());
  FileHeader header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  bytes.data()[header.sections[compiled_model::kWordRows].offset] ^= 1;
  EXPECT_EQ(CompiledTopicModel::FromBytes(bytes.view()).value()->CheckDigest().code(),
            absl::StatusCode::kDataLoss);
}

TEST(CompiledTopicModelTest, RefusesAFileCutAnywhere) {
  for (const SampleModel& sample : StoredModels()) {
    const std::string bytes = CompileSampleModel(sample);
    for (size_t size = 0; size < bytes.size(); size += size < 512 ? 1 : 61) {
      const AlignedBytes cut(std::string_view(bytes).substr(0, size));
      EXPECT_EQ(CompiledTopicModel::FromBytes(cut.view()).status().code(),
                absl::StatusCode::kDataLoss)
          << size;
    }
    // Cut, and the header told so: sections at and beyond the cut must not be read.
    FileHeader header;
    std::memcpy(&header, bytes.data(), sizeof(header));
    for (const compiled_model::SectionPlace& place : header.sections) {
      for (const uint64_t end : {place.offset, place.offset + 1, place.offset + place.bytes - 1}) {
        if (end < sizeof(FileHeader) || end > bytes.size()) continue;
        AlignedBytes cut(std::string_view(bytes).substr(0, end));
        std::memcpy(cut.data() + offsetof(FileHeader, file_bytes), &end, sizeof(end));
        UseEverything(cut.view());
      }
    }
  }
}

TEST(CompiledTopicModelTest, SurvivesEveryNumberOfItsHeader) {
  for (const SampleModel& sample : StoredModels()) {
    SCOPED_TRACE(sample.name);
    const std::string bytes = CompileSampleModel(sample);
    for (size_t offset = 8; offset + 4 <= sizeof(FileHeader); offset += 4) {
      uint32_t number;
      std::memcpy(&number, bytes.data() + offset, sizeof(number));
      for (const uint32_t value : {0u, 1u, number - 1, number + 1, number * 2, number / 2, 64u,
                                   0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFFu, 0xFFFFFFC0u}) {
        AlignedBytes spoilt(bytes);
        std::memcpy(spoilt.data() + offset, &value, sizeof(value));
        UseEverything(spoilt.view());
      }
    }
  }
}

TEST(CompiledTopicModelTest, SurvivesRandomBytesInItsSections) {
  std::mt19937_64 random(kSeed);
  for (const SampleModel& sample : StoredModels()) {
    SCOPED_TRACE(::testing::Message() << sample.name << ", seed " << kSeed);
    const std::string bytes = CompileSampleModel(sample);
    for (int round = 0; round < 1000; ++round) {
      AlignedBytes spoilt(bytes);
      const size_t spoils = 1 + random() % 2000;
      for (size_t i = 0; i < spoils; ++i) {
        const size_t place = sizeof(FileHeader) + random() % (bytes.size() - sizeof(FileHeader));
        spoilt.data()[place] = static_cast<char>(random());
      }
      UseEverything(spoilt.view());
    }
  }
}

}  // namespace
}  // namespace rubricator
