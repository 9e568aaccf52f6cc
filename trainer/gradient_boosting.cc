#include "trainer/gradient_boosting.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace rubricator {
namespace {

constexpr size_t kBins = 64;
constexpr size_t kMaxSampled = 200000;  // rows looked at for the quantiles
constexpr float kAlwaysLeft = std::numeric_limits<float>::infinity();

struct Sums {
  double gradient = 0;
  double curvature = 0;
};

class Booster {
 public:
  Booster(const DenseRows& rows, const BoostingOptions& options)
      : rows_(rows),
        options_(options),
        scores_(rows.size()),
        node_of_(rows.size()),
        gradients_(rows.size()),
        curvatures_(rows.size()) {
    MakeBins();
  }

  BoostedTrees Train() {
    BoostedTrees model;
    model.base = Base();
    std::fill(scores_.begin(), scores_.end(), model.base);
    for (int i = 0; i < options_.trees; ++i) model.trees.push_back(Grow());
    return model;
  }

 private:
  float Base() const {
    double positive = 1;
    double total = 2;
    for (size_t i = 0; i < rows_.size(); ++i) {
      positive += rows_.weights[i] * rows_.targets[i];
      total += rows_.weights[i];
    }
    return static_cast<float>(std::log(positive / (total - positive)));
  }

  void MakeBins() {
    edges_.resize(rows_.width);
    bins_.resize(rows_.size() * rows_.width);
    const size_t step = std::max<size_t>(1, rows_.size() / kMaxSampled);
    std::vector<float> column;
    for (size_t f = 0; f < rows_.width; ++f) {
      column.clear();
      for (size_t i = 0; i < rows_.size(); i += step)
        column.push_back(rows_.values[i * rows_.width + f]);
      std::sort(column.begin(), column.end());
      auto& edges = edges_[f];
      for (size_t b = 1; b < kBins && !column.empty(); ++b) {
        const float edge = column[b * column.size() / kBins];
        if ((edges.empty() || edge > edges.back()) && edge < column.back()) edges.push_back(edge);
      }
      // Rare values at the lower end would share the first edge's bin with the common one.
      if (!column.empty() && column.front() < column.back() &&
          (edges.empty() || column.front() < edges.front())) {
        edges.insert(edges.begin(), column.front());
      }
      for (size_t i = 0; i < rows_.size(); ++i) {
        const auto at =
            std::lower_bound(edges.begin(), edges.end(), rows_.values[i * rows_.width + f]);
        bins_[i * rows_.width + f] = static_cast<uint8_t>(at - edges.begin());
      }
    }
  }

  RegressionTree Grow() {
    for (size_t i = 0; i < rows_.size(); ++i) {
      const double p = 1.0 / (1.0 + std::exp(-static_cast<double>(scores_[i])));
      gradients_[i] = static_cast<float>(rows_.weights[i] * (p - rows_.targets[i]));
      curvatures_[i] = static_cast<float>(rows_.weights[i] * std::max(p * (1 - p), 1e-6));
      node_of_[i] = 0;
    }
    RegressionTree tree{};
    tree.thresholds.fill(kAlwaysLeft);
    for (size_t level = 0, first = 0; level < kTreeDepth; ++level, first = 2 * first + 1) {
      SplitLevel(first, size_t{1} << level, tree);
    }
    SetLeaves(tree);
    return tree;
  }

  void SplitLevel(size_t first, size_t count, RegressionTree& tree) {
    const size_t width = rows_.width;
    std::vector<Sums> histogram(count * width * (kBins + 1));
    for (size_t i = 0; i < rows_.size(); ++i) {
      Sums* node = histogram.data() + (node_of_[i] - first) * width * (kBins + 1);
      const uint8_t* bins = bins_.data() + i * width;
      for (size_t f = 0; f < width; ++f) {
        Sums& sums = node[f * (kBins + 1) + bins[f]];
        sums.gradient += gradients_[i];
        sums.curvature += curvatures_[i];
      }
    }
    std::vector<uint8_t> bin_of_node(count, kBins);
    for (size_t n = 0; n < count; ++n) {
      const auto [feature, bin] = BestSplit(histogram.data() + n * width * (kBins + 1));
      if (bin >= kBins) continue;
      tree.features[first + n] = static_cast<uint8_t>(feature);
      tree.thresholds[first + n] = edges_[feature][bin];
      bin_of_node[n] = static_cast<uint8_t>(bin);
    }
    for (size_t i = 0; i < rows_.size(); ++i) {
      const size_t n = node_of_[i] - first;
      const uint8_t bin = bins_[i * width + tree.features[first + n]];
      node_of_[i] = static_cast<uint16_t>(2 * node_of_[i] + (bin <= bin_of_node[n] ? 1 : 2));
    }
  }

  // Feature and last bin that goes left; bin kBins: no split is worth it.
  std::pair<size_t, size_t> BestSplit(const Sums* node) const {
    Sums total;
    for (size_t b = 0; b <= kBins; ++b) {
      total.gradient += node[b].gradient;
      total.curvature += node[b].curvature;
    }
    const auto gain = [&](double g, double h) { return g * g / (h + options_.l2); };
    const double whole = gain(total.gradient, total.curvature);
    std::pair<size_t, size_t> best{0, kBins};
    double best_gain = 1e-3;
    for (size_t f = 0; f < rows_.width; ++f) {
      Sums left;
      for (size_t b = 0; b < edges_[f].size(); ++b) {
        const Sums& sums = node[f * (kBins + 1) + b];
        left.gradient += sums.gradient;
        left.curvature += sums.curvature;
        const double right = total.curvature - left.curvature;
        if (left.curvature < options_.min_curvature) continue;
        if (right < options_.min_curvature) break;
        const double found = gain(left.gradient, left.curvature) +
                             gain(total.gradient - left.gradient, right) - whole;
        if (found > best_gain) {
          best_gain = found;
          best = {f, b};
        }
      }
    }
    return best;
  }

  void SetLeaves(RegressionTree& tree) {
    std::vector<Sums> sums(kTreeLeaves);
    for (size_t i = 0; i < rows_.size(); ++i) {
      Sums& leaf = sums[node_of_[i] - kTreeNodes];
      leaf.gradient += gradients_[i];
      leaf.curvature += curvatures_[i];
    }
    for (size_t n = 0; n < kTreeLeaves; ++n) {
      tree.leaves[n] = static_cast<float>(-options_.learning_rate * sums[n].gradient /
                                          (sums[n].curvature + options_.l2));
    }
    for (size_t i = 0; i < rows_.size(); ++i) scores_[i] += tree.leaves[node_of_[i] - kTreeNodes];
  }

  const DenseRows& rows_;
  const BoostingOptions& options_;
  std::vector<std::vector<float>> edges_;  // upper ends of the bins, by feature
  std::vector<uint8_t> bins_;              // [rows][width]
  std::vector<float> scores_;
  std::vector<uint16_t> node_of_;
  std::vector<float> gradients_, curvatures_;
};

}  // namespace

BoostedTrees TrainBoostedTrees(const DenseRows& rows, const BoostingOptions& options) {
  return Booster(rows, options).Train();
}

}  // namespace rubricator
