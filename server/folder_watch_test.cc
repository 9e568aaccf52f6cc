#include "server/folder_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

namespace rubricator {
namespace {

bool WaitUntil(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

class FolderWatchTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "root");
    std::filesystem::create_directories(folder_ / "elsewhere");
  }
  void Arrive(const std::string& name) {
    std::filesystem::create_directory(folder_ / "elsewhere" / name);
    std::filesystem::rename(folder_ / "elsewhere" / name, folder_ / "root" / name);
  }
  // Renames folders in until one is noticed: the watch may not have begun yet.
  bool NoticesAnArrival() {
    const int before = arrivals_;
    return WaitUntil([&] {
      Arrive(std::to_string(++names_));
      return arrivals_ > before;
    });
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      testing::UnitTest::GetInstance()->current_test_info()->name();
  std::atomic<int> arrivals_ = 0;
  int names_ = 0;
};

TEST_F(FolderWatchTest, NoticesWhatIsRenamedInAndNotWhatIsWrittenThere) {
  const auto watch = FolderWatch::Start(folder_ / "root", [this] { ++arrivals_; });
  ASSERT_TRUE(watch.ok()) << watch.status();
  ASSERT_TRUE(NoticesAnArrival());
  const int before = arrivals_;
  std::filesystem::create_directories(folder_ / "root" / "written" / "in place");
  std::filesystem::remove_all(folder_ / "root" / "written");
  Arrive("last");
  ASSERT_TRUE(WaitUntil([&] { return arrivals_ > before; }));
  EXPECT_LE(arrivals_, before + names_ + 1);  // only renames count
}

TEST_F(FolderWatchTest, OutlivesAFolderThatGoesAndComesBack) {
  const auto watch = FolderWatch::Start(folder_ / "root", [this] { ++arrivals_; });
  ASSERT_TRUE(watch.ok()) << watch.status();
  ASSERT_TRUE(NoticesAnArrival());
  for (const bool moved : {true, false}) {
    if (moved) {
      std::filesystem::rename(folder_ / "root", folder_ / "away");
    } else {
      std::filesystem::remove_all(folder_ / "root");
    }
    const int before = arrivals_;
    std::filesystem::create_directory(folder_ / "root");
    EXPECT_TRUE(WaitUntil([&] { return arrivals_ > before; }));
    EXPECT_TRUE(NoticesAnArrival());
  }
}

TEST_F(FolderWatchTest, WaitsForAFolderThatIsNotThereYet) {
  std::filesystem::remove_all(folder_ / "root");
  const auto watch = FolderWatch::Start(folder_ / "root", [this] { ++arrivals_; });
  ASSERT_TRUE(watch.ok()) << watch.status();
  std::filesystem::create_directory(folder_ / "root");
  EXPECT_TRUE(NoticesAnArrival());
}

}  // namespace
}  // namespace rubricator
