#include "server/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace rubricator {
namespace {

TEST(WorkerPoolTest, RunsEveryJobBeforeItEnds) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(2, 1000);
    for (int i = 0; i < 500; ++i) EXPECT_TRUE(pool.TryRun([&done] { ++done; }));
  }
  EXPECT_EQ(done, 500);
}

TEST(WorkerPoolTest, RefusesAJobWhenItsQueueIsFull) {
  std::promise<void> begun, release;
  WorkerPool pool(1, 1);
  ASSERT_TRUE(pool.TryRun([&] {
    begun.set_value();
    release.get_future().wait();
  }));
  begun.get_future().wait();
  EXPECT_TRUE(pool.TryRun([] {}));   // waits
  EXPECT_FALSE(pool.TryRun([] {}));  // no room
  release.set_value();
}

TEST(WorkerPoolTest, RunsWithAsManyThreadsAsProcessorsForZero) {
  std::promise<void> ran;
  WorkerPool pool(0, 1);
  ASSERT_TRUE(pool.TryRun([&ran] { ran.set_value(); }));
  ran.get_future().wait();
}

}  // namespace
}  // namespace rubricator
