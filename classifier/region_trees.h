// Boosted regression trees of fixed depth: the last step of the focus model.
#ifndef RUBRICATOR_CLASSIFIER_REGION_TREES_H_
#define RUBRICATOR_CLASSIFIER_REGION_TREES_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace rubricator {

inline constexpr size_t kTreeDepth = 5;
inline constexpr size_t kTreeNodes = (size_t{1} << kTreeDepth) - 1;
inline constexpr size_t kTreeLeaves = size_t{1} << kTreeDepth;

// A full binary tree: node n has the children 2n+1 (value <= threshold) and 2n+2. Its bytes are the
// file's.
struct RegressionTree {
  std::array<float, kTreeNodes> thresholds;  // +infinity: always to the left
  std::array<float, kTreeLeaves> leaves;
  std::array<uint8_t, kTreeNodes> features;
  uint8_t padding;
};

// The sum of trees plus a constant: a logit.
struct BoostedTrees {
  float base = 0.0F;
  std::vector<RegressionTree> trees;

  // `values` must have more elements than the largest feature number.
  float Score(std::span<const float> values) const {
    float score = base;
    for (const RegressionTree& tree : trees) {
      size_t node = 0;
      for (size_t level = 0; level < kTreeDepth; ++level) {
        node = 2 * node + (values[tree.features[node]] <= tree.thresholds[node] ? 1 : 2);
      }
      score += tree.leaves[node - kTreeNodes];
    }
    return score;
  }
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_REGION_TREES_H_
