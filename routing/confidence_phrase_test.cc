#include "routing/confidence_phrase.h"

#include <gtest/gtest.h>

namespace rubricator {
namespace {

TEST(ConfidencePhraseTest, ComparesWithTheMinimum) {
  EXPECT_EQ(ConfidencePhrase(0.934, 0.0), "0.93");
  EXPECT_EQ(ConfidencePhrase(0.934, 0.5), "0.93 ≥ 0.50");
  EXPECT_EQ(ConfidencePhrase(0.5, 0.5), "0.50 ≥ 0.50");
  EXPECT_EQ(ConfidencePhrase(0.44, 0.5), "0.44 < 0.50");
}

TEST(ConfidencePhraseTest, ShowsAsManyDecimalsAsTellThemApart) {
  EXPECT_EQ(ConfidencePhrase(0.4999, 0.5), "0.4999 < 0.5000");
  EXPECT_EQ(ConfidencePhrase(0.49999999, 0.5), "0.500000 < 0.500000");
}

}  // namespace
}  // namespace rubricator
