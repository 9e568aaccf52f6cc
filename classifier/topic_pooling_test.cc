#include "classifier/topic_pooling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(TopicPoolingTest, TakesAShortTextWhole) {
  EXPECT_THAT(SplitIntoWindows(0, 100), ElementsAre(Pair(0, 0)));
  EXPECT_THAT(SplitIntoWindows(1, 100), ElementsAre(Pair(0, 1)));
  EXPECT_THAT(SplitIntoWindows(100, 100), ElementsAre(Pair(0, 100)));
}

TEST(TopicPoolingTest, CoversALongTextWithHalfOverlappingWindows) {
  EXPECT_THAT(SplitIntoWindows(151, 100), ElementsAre(Pair(0, 100), Pair(50, 150), Pair(51, 151)));
  EXPECT_THAT(SplitIntoWindows(200, 100), ElementsAre(Pair(0, 100), Pair(50, 150), Pair(100, 200)));
  for (size_t words = 1; words < 1000; words += 7) {
    const auto windows = SplitIntoWindows(words, 64);
    EXPECT_EQ(windows.front().first, 0u);
    EXPECT_EQ(windows.back().second, words);
  }
}

}  // namespace
}  // namespace rubricator
