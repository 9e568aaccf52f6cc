#include "server/open_calls.h"

#include <gtest/gtest.h>

#include <thread>

namespace rubricator {
namespace {

using Clock = std::chrono::system_clock;

TEST(OpenCallsTest, CountsCalls) {
  OpenCalls calls;
  const int a = 0;
  const int b = 0;
  EXPECT_TRUE(calls.WaitUntilNone(Clock::now()));
  EXPECT_TRUE(calls.Begin(&a, nullptr));
  EXPECT_TRUE(calls.Begin(&b, nullptr));
  EXPECT_EQ(calls.Count(), 2U);
  calls.End(&a);
  EXPECT_FALSE(calls.WaitUntilNone(Clock::now()));
  calls.End(&b);
  EXPECT_TRUE(calls.WaitUntilNone(Clock::now()));
}

TEST(OpenCallsTest, TellsOpenCallsOnceThatItDrainsAndRefusesNewOnes) {
  OpenCalls calls;
  const int a = 0;
  const int b = 0;
  int told = 0;
  EXPECT_TRUE(calls.Begin(&a, [&told] { ++told; }));
  EXPECT_FALSE(calls.IsDraining());
  calls.BeginDrain();
  calls.BeginDrain();
  EXPECT_TRUE(calls.IsDraining());
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(calls.Begin(&b, [&told] { ++told; }));
  EXPECT_EQ(calls.Count(), 2U);  // it is still to be answered
  EXPECT_EQ(told, 1);
}

TEST(OpenCallsTest, WakesWhoWaitsForTheLastCall) {
  OpenCalls calls;
  const int a = 0;
  EXPECT_TRUE(calls.Begin(&a, nullptr));
  std::jthread ends([&] { calls.End(&a); });
  EXPECT_TRUE(calls.WaitUntilNone(Clock::now() + std::chrono::minutes(1)));
  ends.join();
}

}  // namespace
}  // namespace rubricator
