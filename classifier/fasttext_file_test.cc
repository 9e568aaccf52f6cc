#include "classifier/fasttext_file.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>

#include "classifier/mapped_file.h"
#include "tests/support/sample_models.h"

namespace rubricator {
namespace {

using testing::SampleModel;
using testing::SampleModels;
using testing::ScratchFolder;
using testing::TrainSampleModel;

std::string BytesOf(const SampleModel& sample) {
  const ScratchFolder folder;
  TrainSampleModel(sample, folder.path() / "model");
  return std::string(MappedFile::Open(folder.path() / "model")->bytes());
}

SampleModel PrunedModel() {
  return {.name = "pruned",
          .word_ngrams = 2,
          .quantized = true,
          .cutoff = 400,
          .quantized_norms = true};
}

TEST(FastTextFileTest, AcceptsEveryMakeThatLibfasttextWrites) {
  for (const SampleModel& sample : SampleModels()) {
    SCOPED_TRACE(sample.name);
    const absl::Status status = CheckFastTextFile(BytesOf(sample));
    EXPECT_TRUE(status.ok()) << status;
  }
}

TEST(FastTextFileTest, RefusesAFileCutAnywhere) {
  for (const SampleModel& sample :
       {SampleModel{.name = "plain", .buckets = 50, .dimensions = 3}, PrunedModel()}) {
    SCOPED_TRACE(sample.name);
    const std::string bytes = BytesOf(sample);
    for (size_t size = 0; size < bytes.size(); size += size < 4096 ? 1 : 97) {
      ASSERT_FALSE(CheckFastTextFile(std::string_view(bytes).substr(0, size)).ok()) << size;
    }
    EXPECT_EQ(CheckFastTextFile(bytes + "x").code(), absl::StatusCode::kDataLoss);
  }
}

TEST(FastTextFileTest, RefusesParametersAndNumbersThatHarmLibfasttext) {
  struct Case {
    std::string_view name;
    size_t offset;
    int32_t value;
    absl::StatusCode want;
  };
  const std::string bytes = BytesOf(PrunedModel());
  for (const Case& c : {
           Case{"magic", 0, 1, absl::StatusCode::kFailedPrecondition},
           Case{"version", 4, 13, absl::StatusCode::kFailedPrecondition},
           Case{"old version", 4, 10, absl::StatusCode::kFailedPrecondition},
           Case{"no dimensions", 8, 0, absl::StatusCode::kDataLoss},
           Case{"huge dimensions", 8, 1 << 30, absl::StatusCode::kDataLoss},
           Case{"negative n-grams", 28, -1, absl::StatusCode::kFailedPrecondition},
           Case{"unknown loss", 32, 5, absl::StatusCode::kDataLoss},
           Case{"word vectors", 36, 1, absl::StatusCode::kFailedPrecondition},
           Case{"no buckets to hash into", 40, 0, absl::StatusCode::kFailedPrecondition},
           Case{"negative characters", 48, -1, absl::StatusCode::kFailedPrecondition},
           Case{"endless characters", 48, 1 << 30, absl::StatusCode::kFailedPrecondition},
           Case{"dictionary size", 64, 1 << 30, absl::StatusCode::kDataLoss},
           Case{"words", 68, -5, absl::StatusCode::kDataLoss},
           Case{"labels", 72, 0, absl::StatusCode::kDataLoss},
           Case{"kept buckets", 84, 1 << 30, absl::StatusCode::kDataLoss},
       }) {
    SCOPED_TRACE(c.name);
    std::string spoilt = bytes;
    std::memcpy(spoilt.data() + c.offset, &c.value, sizeof(c.value));
    EXPECT_EQ(CheckFastTextFile(spoilt).code(), c.want);
  }
}

TEST(FastTextFileTest, RefusesDictionariesThatNameRowsBeyondTheMatrix) {
  // Twice the words in the header of an unpruned model: the matrix is then too short for its
  // buckets.
  std::string bytes = BytesOf({.name = "plain", .word_ngrams = 2, .buckets = 50});
  const int32_t buckets = 51;
  std::memcpy(bytes.data() + 40, &buckets, sizeof(buckets));
  EXPECT_EQ(CheckFastTextFile(bytes).code(), absl::StatusCode::kDataLoss);
}

TEST(FastTextFileTest, RefusesWeightsThatAreNoNumbers) {
  for (const float weight :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 2e6f}) {
    std::string bytes = BytesOf({.name = "plain", .buckets = 50});
    std::memcpy(bytes.data() + bytes.size() - sizeof(weight), &weight, sizeof(weight));
    EXPECT_EQ(CheckFastTextFile(bytes).code(), absl::StatusCode::kDataLoss) << weight;
  }
}

TEST(FastTextFileTest, NeverReadsBeyondSpoiltBytes) {
  const std::string bytes = BytesOf(PrunedModel());
  for (size_t offset = 0; offset < bytes.size(); offset += offset < 200 ? 1 : 31) {
    for (const char value : {'\0', '\xFF', '\x7F', '\x80'}) {
      std::string spoilt = bytes;
      spoilt[offset] = value;
      CheckFastTextFile(spoilt).IgnoreError();
    }
  }
}

}  // namespace
}  // namespace rubricator
