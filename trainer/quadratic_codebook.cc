#include "trainer/quadratic_codebook.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "classifier/compiled_model_layout.h"

namespace rubricator {
namespace {

constexpr int kLeastCode = -128;
constexpr int kGreatestCode = 127;
constexpr size_t kSample = 1 << 15;  // numbers that the error is measured on
constexpr double kMaxBend = 256;     // curvature · 127 / linear; trained weights ask for 6 to 128
constexpr int kRefinements = 12;
constexpr double kLevelTolerance = 1e-6;  // of the greatest level: rounding, no more

struct Shape {
  double linear;
  double curvature;
};

// The levels that just reach from `least` to `greatest`, bent so far.
Shape ReachingShape(double least, double greatest, double bend) {
  const auto reach = [bend](double code) { return code * (1 + bend * code / kGreatestCode); };
  const double linear =
      std::max({greatest / reach(kGreatestCode), -least / reach(-kLeastCode), 0.0});
  return {.linear = linear, .curvature = linear * bend / kGreatestCode};
}

}  // namespace

float QuadraticCodebook::LevelOf(int code) const {
  return compiled_model::QuadraticLevel(static_cast<float>(code), linear_, curvature_);
}

int QuadraticCodebook::CodeOf(float value) const {
  if (linear_ <= 0) return 0;
  // The positive root of curvature·c² + linear·c = |value|, in the form that holds for a curvature
  // of 0.
  const double magnitude = std::abs(static_cast<double>(value));
  const double linear = linear_;
  const double root =
      2 * magnitude / (linear + std::sqrt(linear * linear + 4.0 * curvature_ * magnitude));
  const auto below = static_cast<int>(std::min(std::floor(root), 1000.0));
  const int sign = value < 0 ? -1 : 1;
  const int lower = std::clamp(sign * below, kLeastCode, kGreatestCode);
  const int upper = std::clamp(sign * (below + 1), kLeastCode, kGreatestCode);
  return std::abs(LevelOf(lower) - value) <= std::abs(LevelOf(upper) - value) ? lower : upper;
}

QuadraticCodebook QuadraticCodebook::Fit(std::span<const float> values) {
  if (values.empty()) return {0, 0};
  std::vector<float> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const size_t step = sorted.size() / kSample + 1;
  const auto codebook_of = [&](double bend) {
    const Shape shape = ReachingShape(sorted.front(), sorted.back(), bend);
    return QuadraticCodebook(static_cast<float>(shape.linear), static_cast<float>(shape.curvature));
  };
  const auto error_of = [&](double bend) {
    const QuadraticCodebook codebook = codebook_of(bend);
    double sum = 0;
    for (size_t i = 0; i < sorted.size(); i += step) {
      const double error = codebook.LevelOf(codebook.CodeOf(sorted[i])) - sorted[i];
      sum += error * error;
    }
    return sum;
  };
  double best_bend = 0;
  double best_error = error_of(0);
  const auto consider = [&](double bend) {
    const double error = error_of(bend);
    if (error >= best_error) return;
    best_error = error;
    best_bend = bend;
  };
  for (double bend = 0.25; bend <= kMaxBend; bend *= 2) consider(bend);
  double factor = std::sqrt(2.0);
  for (int i = 0; i < kRefinements && best_bend > 0; ++i, factor = std::sqrt(factor)) {
    const double centre = best_bend;
    consider(centre * factor);
    consider(centre / factor);
  }
  return codebook_of(best_bend);
}

std::optional<QuadraticCodebook> QuadraticCodebook::FromLevels(std::span<const float> levels) {
  if (levels.size() != kLevels) return std::nullopt;
  // Least squares over all levels: two unknowns, and rounding to float averages out.
  double cc = 0, cq = 0, qq = 0, cl = 0, ql = 0;
  for (int code = kLeastCode; code <= kGreatestCode; ++code) {
    const double c = code;
    const double q = c * std::abs(c);
    const double level = levels[code - kLeastCode];
    cc += c * c;
    cq += c * q;
    qq += q * q;
    cl += c * level;
    ql += q * level;
  }
  const double determinant = cc * qq - cq * cq;
  const double linear = (qq * cl - cq * ql) / determinant;
  const double curvature = std::max(0.0, (cc * ql - cq * cl) / determinant);
  if (!(linear >= 0)) return std::nullopt;
  const QuadraticCodebook codebook(static_cast<float>(linear), static_cast<float>(curvature));
  const double tolerance = kLevelTolerance * std::abs(levels.front());
  for (int code = kLeastCode; code <= kGreatestCode; ++code) {
    if (!(std::abs(codebook.LevelOf(code) - levels[code - kLeastCode]) <= tolerance))
      return std::nullopt;
  }
  return codebook;
}

}  // namespace rubricator
