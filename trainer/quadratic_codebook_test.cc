#include "trainer/quadratic_codebook.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string_view>
#include <vector>

namespace rubricator {
namespace {

double RelativeError(const QuadraticCodebook& codebook, const std::vector<float>& values) {
  double error = 0;
  double size = 0;
  for (const float value : values) {
    error += std::pow(codebook.LevelOf(codebook.CodeOf(value)) - value, 2);
    size += std::pow(value, 2);
  }
  return std::sqrt(error / size);
}

std::vector<float> Draw(size_t count, double (*shape)(double)) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(shape(normal(random)));
  return values;
}

TEST(QuadraticCodebookTest, HoldsEvenlySpacedNumbersExactly) {
  std::vector<float> values;
  for (int i = -128; i < 128; ++i) values.push_back(static_cast<float>(i) / 64.0f);
  EXPECT_EQ(RelativeError(QuadraticCodebook::Fit(values), values), 0);
  for (const std::vector<float>& same : {std::vector<float>{0, 0}, {3, -3}, {7}}) {
    const QuadraticCodebook codebook = QuadraticCodebook::Fit(same);
    for (const float value : same) EXPECT_EQ(codebook.LevelOf(codebook.CodeOf(value)), value);
  }
  EXPECT_EQ(QuadraticCodebook::Fit({}).LevelOf(5), 0);
}

TEST(QuadraticCodebookTest, BendsItsLevelsToTheNumbers) {
  struct Case {
    std::string_view name;
    double (*shape)(double);
    double greatest_error;
  };
  for (const Case& c : {
           Case{"even", [](double x) { return std::erf(x); }, 0.007},
           Case{"normal", [](double x) { return x; }, 0.008},
           Case{"long tails", [](double x) { return x * std::exp(std::abs(x)); }, 0.02},
       }) {
    SCOPED_TRACE(c.name);
    const std::vector<float> values = Draw(50000, c.shape);
    EXPECT_LT(RelativeError(QuadraticCodebook::Fit(values), values), c.greatest_error);
  }
}

TEST(QuadraticCodebookTest, PicksTheNearestLevelAndClipsNone) {
  const std::vector<float> values = Draw(2000, [](double x) { return x * std::abs(x); });
  const QuadraticCodebook codebook = QuadraticCodebook::Fit(values);
  for (const float value : values) {
    const float error = std::abs(codebook.LevelOf(codebook.CodeOf(value)) - value);
    for (int code = -128; code < 128; ++code)
      ASSERT_LE(error, std::abs(codebook.LevelOf(code) - value));
  }
  EXPECT_GE(codebook.LevelOf(127) * 1.0001f, *std::max_element(values.begin(), values.end()));
  EXPECT_LE(codebook.LevelOf(-128) * 1.0001f, *std::min_element(values.begin(), values.end()));
  EXPECT_EQ(codebook.CodeOf(1e30f), 127);
  EXPECT_EQ(codebook.CodeOf(-1e30f), -128);
}

TEST(QuadraticCodebookTest, GivesTheSameLevelsInWhicheverOrder) {
  std::vector<float> values = Draw(5000, [](double x) { return x * std::abs(x); });
  const QuadraticCodebook one = QuadraticCodebook::Fit(values);
  std::reverse(values.begin(), values.end());
  const QuadraticCodebook other = QuadraticCodebook::Fit(values);
  EXPECT_EQ(other.linear(), one.linear());
  EXPECT_EQ(other.curvature(), one.curvature());
}

TEST(QuadraticCodebookTest, IsFoundAgainFromItsLevels) {
  for (double (*shape)(double) :
       {+[](double x) { return std::erf(x); }, +[](double x) { return x * x * x; },
        +[](double) { return 0.0; }}) {
    const QuadraticCodebook codebook = QuadraticCodebook::Fit(Draw(5000, shape));
    std::vector<float> levels;
    for (int code = -128; code < 128; ++code) levels.push_back(codebook.LevelOf(code));
    const auto found = QuadraticCodebook::FromLevels(levels);
    ASSERT_TRUE(found.has_value());
    for (int code = -128; code < 128; ++code) {
      EXPECT_NEAR(found->LevelOf(code), codebook.LevelOf(code),
                  5e-7 * std::abs(codebook.LevelOf(code)));
    }
    levels[100] += 0.01f;
    EXPECT_FALSE(QuadraticCodebook::FromLevels(levels).has_value());
  }
  EXPECT_FALSE(QuadraticCodebook::FromLevels({}).has_value());
}

}  // namespace
}  // namespace rubricator
