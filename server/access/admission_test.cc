#include "server/access/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/access/overload.h"

namespace rubricator {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

const Admission::Clock::time_point kStart{};

AdmissionLimits Wide() {
  return {.calls = 1000,
          .streams = 1000,
          .calls_per_caller = 1000,
          .calls_per_second = 0,
          .burst = 0,
          .callers_remembered = 1000};
}

void ExpectShed(const absl::StatusOr<Admission::Permit>& permit, const char* why) {
  EXPECT_EQ(permit.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(permit.status().message()), HasSubstr(why));
  ASSERT_TRUE(RetryDelayOf(permit.status()).has_value());
  EXPECT_GT(*RetryDelayOf(permit.status()), milliseconds(0));
}

TEST(AdmissionTest, ShedsBeyondTheCallsOfAllAndTakesOnAgainWhenOneEnds) {
  AdmissionLimits limits = Wide();
  limits.calls = 2;
  Admission admission(limits);
  auto first = admission.Enter("a", CallKind::kUnary, kStart);
  std::optional<Admission::Permit> second = *admission.Enter("b", CallKind::kUnary, kStart);
  ASSERT_TRUE(first.ok());
  ExpectShed(admission.Enter("c", CallKind::kUnary, kStart), "2 calls open");
  EXPECT_TRUE(admission.Enter("c", CallKind::kStream, kStart).ok()) << "streams count apart";
  second.reset();
  EXPECT_TRUE(admission.Enter("c", CallKind::kUnary, kStart).ok());
}

TEST(AdmissionTest, ShedsOneCallerAndServesTheOthers) {
  AdmissionLimits limits = Wide();
  limits.calls_per_caller = 3;
  Admission admission(limits);
  std::vector<Admission::Permit> open;
  for (int i = 0; i < 3; ++i) {
    open.push_back(
        *admission.Enter("greedy", i == 0 ? CallKind::kStream : CallKind::kUnary, kStart));
  }
  ExpectShed(admission.Enter("greedy", CallKind::kUnary, kStart), "3 calls open; limit is 3");
  EXPECT_TRUE(admission.Enter("other", CallKind::kUnary, kStart).ok());
}

TEST(AdmissionTest, FillsTheBucketWithTime) {
  AdmissionLimits limits = Wide();
  limits.calls_per_second = 10;
  limits.burst = 2;
  Admission admission(limits);
  const auto enter = [&](milliseconds at) {
    return admission.Enter("a", CallKind::kUnary, kStart + at);
  };
  EXPECT_TRUE(enter(milliseconds(0)).ok());
  EXPECT_TRUE(enter(milliseconds(0)).ok());
  const auto shed = enter(milliseconds(0));
  ExpectShed(shed, "more calls than 10 a second");
  EXPECT_GE(*RetryDelayOf(shed.status()), milliseconds(100)) << "then there is one";
  EXPECT_LE(*RetryDelayOf(shed.status()), milliseconds(200));
  EXPECT_TRUE(enter(milliseconds(100)).ok());
  ExpectShed(enter(milliseconds(150)), "10 a second");
  EXPECT_TRUE(enter(seconds(3600)).ok());
  EXPECT_TRUE(enter(seconds(3600)).ok());
  ExpectShed(enter(seconds(3600)),
             "10 a second");                     // no more than the burst, however long the pause
  ExpectShed(enter(seconds(1)), "10 a second");  // a clock of another thread, a little behind
}

TEST(AdmissionTest, SendsCallersBackAtDifferentTimes) {
  AdmissionLimits limits = Wide();
  limits.calls = 0;
  Admission admission(limits);
  std::set<milliseconds> delays;
  for (int i = 0; i < 50; ++i) {
    delays.insert(*RetryDelayOf(admission.Enter("a", CallKind::kUnary, kStart).status()));
  }
  EXPECT_GT(delays.size(), 20U);
  EXPECT_GE(*delays.begin(), milliseconds(50));
  EXPECT_LE(*delays.rbegin(), milliseconds(100));
}

TEST(AdmissionTest, ForgetsWhoCalledLongestAgoAndHasNothingOpen) {
  AdmissionLimits limits = Wide();
  limits.calls_per_caller = 1;
  limits.callers_remembered = 10;
  Admission admission(limits);
  const auto open = admission.Enter("stays", CallKind::kUnary, kStart);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(admission.Enter(absl::StrCat("caller ", i), CallKind::kUnary, kStart).ok());
  }
  EXPECT_EQ(admission.CallerCount(), 10U);
  ExpectShed(admission.Enter("stays", CallKind::kUnary, kStart), "limit is 1");
}

TEST(AdmissionTest, CountsRightFromManyThreads) {
  AdmissionLimits limits = Wide();
  limits.calls = 3;
  Admission admission(limits);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 10'000; ++i) {
          auto permit = admission.Enter(absl::StrCat(t), CallKind::kUnary, kStart);
        }
      });
    }
  }
  std::vector<Admission::Permit> open;
  for (int i = 0; i < 3; ++i) open.push_back(*admission.Enter("a", CallKind::kUnary, kStart));
  ExpectShed(admission.Enter("a", CallKind::kUnary, kStart), "3 calls open");
}

TEST(OverloadTest, HasNoDelayForOtherErrors) {
  EXPECT_EQ(RetryDelayOf(absl::OkStatus()), std::nullopt);
  EXPECT_EQ(RetryDelayOf(absl::ResourceExhaustedError("too long")), std::nullopt);
  const auto delay = RetryDelayOf(Overloaded("busy", milliseconds(1250)));
  EXPECT_GE(delay, milliseconds(1250));
  EXPECT_LE(delay, milliseconds(2500));
}

}  // namespace
}  // namespace rubricator
