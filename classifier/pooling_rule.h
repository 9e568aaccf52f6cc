// How the scores of a text and of its windows become one logit: the part of a manifest that says
// so.
#ifndef RUBRICATOR_CLASSIFIER_POOLING_RULE_H_
#define RUBRICATOR_CLASSIFIER_POOLING_RULE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

enum class PoolingStatistic {
  kWhole,       // "whole": logit of the text as one line
  kMean,        // "mean:64": mean of the logits of the windows of 64 words
  kMax,         // "max:64": the greatest of them
  kTop2,        // "top2:64": mean of the two greatest; of fewer, the least again
  kTop3,        // "top3:64": mean of the three greatest
  kFirst,       // "first:64": logit of the first window
  kLogWindows,  // "log_windows:64": ln of how many windows there are
  kLogRows,     // "log_rows": ln of how many rows of the model the text touches
};

struct PoolingFeature {
  PoolingStatistic statistic = PoolingStatistic::kWhole;
  size_t window_words = 0;  // 8..10000; 0 for kWhole and kLogRows

  // Errors: INVALID_ARGUMENT for what is none of the forms above.
  static absl::StatusOr<PoolingFeature> Parse(std::string_view text);
  std::string ToString() const;
  bool operator==(const PoolingFeature&) const = default;
};

// The logit of n rows with sum s is s / n^length_exponent: 1 is fastText's own mean. A label's
// pooled logit is its bias and the sum of its weights times: the features, then, for each cross
// feature, the sigmoid of that feature of every label (0 for the label itself): topics come in
// company.
struct PoolingRule {
  double length_exponent = 1.0;                // [0, 1]
  std::vector<PoolingFeature> features;        // at least one
  std::vector<PoolingFeature> cross_features;  // not of lengths; may be empty

  size_t WeightCount(size_t labels) const {
    return features.size() + cross_features.size() * labels;
  }
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_POOLING_RULE_H_
