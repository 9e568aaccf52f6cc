#include "plugin/cli/progress_bar.h"

#include "gtest/gtest.h"
#include "plugin/cli/display_text.h"

namespace rubricator::cli {
namespace {

using std::chrono::milliseconds;

TEST(ProgressLineTest, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(ProgressLine(25, 100, 5000, milliseconds(2500), 100),
            "[███████░░░░░░░░░░░░░░░░░░░░░░░]  25%  5000 articles  2000/s  0:08 left");
  EXPECT_EQ(ProgressLine(100, 100, 5000, milliseconds(125'000), 100),
            "[██████████████████████████████] 100%  5000 articles  40/s  0:00 left");
}

TEST(ProgressLineTest, CountsWhereTheEndIsNotKnown) {
  EXPECT_EQ(ProgressLine(25, 0, 5000, milliseconds(2500), 100), "5000 articles  2000/s");
  EXPECT_EQ(ProgressLine(0, 100, 0, milliseconds(0), 100), "0 articles  0/s");
}

TEST(ProgressLineTest, FitsTheTerminal) {
  EXPECT_LE(DisplayWidth(ProgressLine(25, 100, 5000, milliseconds(2500), 40)), 40u);
}

}  // namespace
}  // namespace rubricator::cli
