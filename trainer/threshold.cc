#include "trainer/threshold.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace rubricator {
namespace {

constexpr double kPlateau = 0.002;  // F1 differences below are noise

}  // namespace

double BestThreshold(std::span<const double> confidences, std::span<const int> labels,
                     std::span<const double> weights, double lowest, double highest) {
  std::vector<size_t> order(confidences.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return confidences[a] != confidences[b] ? confidences[a] > confidences[b] : a < b;
  });
  double positives = 0.0;
  for (size_t i = 0; i < labels.size(); ++i) positives += weights[i] * labels[i];
  if (positives == 0.0) return highest;
  std::vector<double> f1(order.size());
  double found = 0.0;
  double given = 0.0;
  for (size_t i = 0; i < order.size(); ++i) {
    found += weights[order[i]] * labels[order[i]];
    given += weights[order[i]];
    f1[i] = 2.0 * found / (given + positives);
  }
  const double best = *std::max_element(f1.begin(), f1.end());
  double sum = 0.0;
  double count = 0.0;
  for (size_t i = 0; i < order.size(); ++i) {
    if (f1[i] < best - kPlateau) continue;
    sum += confidences[order[i]];
    count += 1.0;
  }
  return std::clamp(sum / count, lowest, highest);
}

}  // namespace rubricator
