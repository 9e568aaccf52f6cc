#include "trainer/region_tuning.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace rubricator {
namespace {

constexpr int kNewtonSteps = 25;
constexpr int kBins = 10;
constexpr double kAbstentionWeight = 0.1;  // one article of forty has no country

double Sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

}  // namespace

bool IsInFocus(const std::vector<uint8_t>& focus, uint8_t country) {
  return std::find(focus.begin(), focus.end(), country) != focus.end();
}

void CalibrateFocus(std::vector<HeldOutVerdicts>& articles, RegionThresholds& thresholds) {
  double slope = 1.0;
  double offset = 0.0;
  for (int step = 0; step < kNewtonSteps; ++step) {
    double g0 = 0, g1 = 0, h00 = 1e-6, h01 = 0, h11 = 1e-6;
    for (const HeldOutVerdicts& article : articles) {
      for (const CountryVerdict& verdict : article.verdicts) {
        const double x = verdict.focus;
        const double p = Sigmoid(slope * x + offset);
        const double error =
            article.weight * (p - (IsInFocus(article.focus, verdict.country) ? 1 : 0));
        const double curvature = article.weight * std::max(p * (1 - p), 1e-9);
        g0 += error;
        g1 += error * x;
        h00 += curvature;
        h01 += curvature * x;
        h11 += curvature * x * x;
      }
    }
    const double determinant = h00 * h11 - h01 * h01;
    if (determinant <= 0) break;
    offset -= (h11 * g0 - h01 * g1) / determinant;
    slope -= (h00 * g1 - h01 * g0) / determinant;
  }
  thresholds.slope = static_cast<float>(slope);
  thresholds.offset = static_cast<float>(offset);
  for (HeldOutVerdicts& article : articles) {
    for (CountryVerdict& verdict : article.verdicts) {
      verdict.focus = static_cast<float>(Sigmoid(slope * verdict.focus + offset));
    }
  }
}

DecisionQuality MeasureFocus(const std::vector<HeldOutVerdicts>& articles,
                             const RegionThresholds& thresholds) {
  double right = 0, decided = 0, wanted = 0, first_right = 0, total = 0, empty = 0, abstained = 0;
  for (const HeldOutVerdicts& article : articles) {
    const std::vector<size_t> focus = DecideFocus(article.verdicts, thresholds, *article.main);
    for (const size_t i : focus) {
      right += IsInFocus(article.focus, article.verdicts[i].country) ? article.weight : 0.0F;
    }
    decided += article.weight * static_cast<double>(focus.size());
    wanted += article.weight * static_cast<double>(article.focus.size());
    const bool agrees = focus.empty() || article.focus.empty()
                            ? focus.empty() && article.focus.empty()
                            : article.verdicts[focus[0]].country == article.focus[0];
    first_right += agrees ? article.weight : 0.0F;
    total += article.weight;
    empty += article.focus.empty() ? article.weight : 0.0F;
    abstained += article.focus.empty() && focus.empty() ? article.weight : 0.0F;
  }
  return {.set_f1 = decided + wanted > 0 ? 2 * right / (decided + wanted) : 0.0,
          .focus_accuracy = total > 0 ? first_right / total : 0.0,
          .abstention = empty > 0 ? abstained / empty : 1.0};
}

void TuneFocus(const std::vector<HeldOutVerdicts>& articles, RegionThresholds& thresholds) {
  double best = -1;
  for (float focus = 0.34F; focus < 0.60F; focus += 0.02F) {
    for (float main = 0.30F; main < 0.70F; main += 0.02F) {
      RegionThresholds candidate = thresholds;
      candidate.focus = focus;
      candidate.main = main;
      const DecisionQuality quality = MeasureFocus(articles, candidate);
      const double value =
          quality.set_f1 + quality.focus_accuracy + kAbstentionWeight * quality.abstention;
      if (value > best) {
        best = value;
        thresholds = candidate;
      }
    }
  }
}

double CalibrationError(const std::vector<HeldOutVerdicts>& articles) {
  std::array<double, kBins> confidence{}, truth{}, count{};
  double total = 0;
  for (const HeldOutVerdicts& article : articles) {
    for (const CountryVerdict& verdict : article.verdicts) {
      const auto bin = static_cast<size_t>(std::min(verdict.focus * kBins, kBins - 1.0F));
      confidence[bin] += verdict.focus;
      truth[bin] += IsInFocus(article.focus, verdict.country) ? 1 : 0;
      count[bin] += 1;
      total += 1;
    }
  }
  double error = 0;
  for (size_t bin = 0; bin < kBins; ++bin) error += std::abs(confidence[bin] - truth[bin]);
  return total > 0 ? error / total : 0.0;
}

}  // namespace rubricator
