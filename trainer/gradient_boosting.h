// Trains boosted trees for a yes-or-no question on dense rows.
#ifndef RUBRICATOR_TRAINER_GRADIENT_BOOSTING_H_
#define RUBRICATOR_TRAINER_GRADIENT_BOOSTING_H_

#include <cstddef>
#include <span>
#include <vector>

#include "classifier/region_trees.h"

namespace rubricator {

// Rows of equal width, one after the other.
struct DenseRows {
  size_t width = 0;            // 1..255
  std::vector<float> values;   // [rows][width]
  std::vector<float> targets;  // [rows], 0 or 1
  std::vector<float> weights;  // [rows], >= 0
  size_t size() const { return targets.size(); }
  std::span<const float> Row(size_t i) const {
    return std::span<const float>(values).subspan(i * width, width);
  }
};

struct BoostingOptions {
  int trees = 160;
  double learning_rate = 0.07;
  double l2 = 4.0;           // added to every leaf's curvature
  double min_curvature = 8;  // a leaf's least sum of weight * p * (1 - p)
};

// Logistic loss, 64 quantile bins a feature, level by level to kTreeDepth. Deterministic.
BoostedTrees TrainBoostedTrees(const DenseRows& rows, const BoostingOptions& options);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_GRADIENT_BOOSTING_H_
