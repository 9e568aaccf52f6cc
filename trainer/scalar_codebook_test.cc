#include "trainer/scalar_codebook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

double MeanSquaredError(const ScalarCodebook& codebook, const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values)
    sum += std::pow(codebook.levels()[codebook.CodeOf(value)] - value, 2);
  return sum / static_cast<double>(values.size());
}

std::vector<float> NormalNumbers(size_t count) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> values(count);
  for (float& value : values) value = normal(random);
  return values;
}

TEST(ScalarCodebookTest, HoldsFewKindsOfNumbersExactly) {
  EXPECT_THAT(ScalarCodebook({3, -1, 3, 0.5f, -1}).levels(), ElementsAre(-1, 0.5f, 3));
  EXPECT_THAT(ScalarCodebook({7, 7, 7}).levels(), ElementsAre(7));
  EXPECT_THAT(ScalarCodebook({}).levels(), ElementsAre(0));
  std::vector<float> values(256);
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i * i);
  EXPECT_EQ(MeanSquaredError(ScalarCodebook(values), values), 0);
}

TEST(ScalarCodebookTest, PicksTheNearestLevel) {
  const ScalarCodebook codebook({0, 1, 10});
  EXPECT_EQ(codebook.CodeOf(-100), 0);
  EXPECT_EQ(codebook.CodeOf(0.4f), 0);
  EXPECT_EQ(codebook.CodeOf(0.6f), 1);
  EXPECT_EQ(codebook.CodeOf(5), 1);
  EXPECT_EQ(codebook.CodeOf(6), 2);
  EXPECT_EQ(codebook.CodeOf(1e9f), 2);
}

TEST(ScalarCodebookTest, ComesNearTheBestErrorForNormalNumbers) {
  const std::vector<float> values = NormalNumbers(100000);
  const ScalarCodebook codebook(values);
  EXPECT_THAT(codebook.levels(), SizeIs(::testing::Le(kCodebookLevels)));
  // Panter and Dite (1951): no quantiser of n levels beats sqrt(3)·pi/2 / n² for the normal
  // distribution by much.
  const double best = std::sqrt(3.0) * M_PI / 2 / (256.0 * 256.0);
  EXPECT_LT(MeanSquaredError(codebook, values), best * 1.1);
}

TEST(ScalarCodebookTest, GivesTheSameLevelsInWhicheverOrder) {
  std::vector<float> values = NormalNumbers(5000);
  const ScalarCodebook one(values);
  std::reverse(values.begin(), values.end());
  EXPECT_EQ(ScalarCodebook(values).levels(), one.levels());
}

}  // namespace
}  // namespace rubricator
