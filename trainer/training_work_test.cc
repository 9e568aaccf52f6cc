#include "trainer/training_work.h"

#include <gtest/gtest.h>

#include <fstream>

namespace rubricator {
namespace {

class TrainingWorkTest : public ::testing::Test {
 protected:
  TrainingWorkTest() : folder_(std::filesystem::path(::testing::TempDir()) / "training_work_test") {
    std::filesystem::remove_all(folder_);
  }
  ~TrainingWorkTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(TrainingWorkTest, GoesOnWithTheSameFingerprintOnly) {
  EXPECT_EQ(TrainingWork::Open(folder_, 1, true).status().code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(TrainingWork::Open(folder_, 1, false).ok());
  std::ofstream(folder_ / "fold-0.rows") << "x";
  EXPECT_EQ(TrainingWork::Open(folder_, 2, true).status().code(),
            absl::StatusCode::kFailedPrecondition);
  const auto resumed = TrainingWork::Open(folder_, 1, true);
  ASSERT_TRUE(resumed.ok()) << resumed.status();
  EXPECT_TRUE(resumed->Has("fold-0.rows"));
  const auto anew = TrainingWork::Open(folder_, 1, false);
  ASSERT_TRUE(anew.ok()) << anew.status();
  EXPECT_FALSE(anew->Has("fold-0.rows"));
  anew->Remove();
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(TrainingWorkTest, KeepsFlags) {
  const auto work = TrainingWork::Open(folder_, 1, false);
  ASSERT_TRUE(work.ok()) << work.status();
  const std::vector<bool> flags = {true, false, true};
  ASSERT_TRUE(work->WriteFlags("kept", flags).ok());
  EXPECT_EQ(*work->ReadFlags("kept", 3), flags);
  EXPECT_EQ(work->ReadFlags("kept", 4).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(work->ReadFlags("none", 3).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(TrainingWorkTest, SaysWhyTheFolderCannotBeMade) {
  std::ofstream(folder_) << "a file";
  EXPECT_EQ(TrainingWork::Open(folder_ / "work", 1, false).status().code(),
            absl::StatusCode::kUnknown);
}

}  // namespace
}  // namespace rubricator
