// Logistic regression on a handful of features, for calibration and pooling.
#ifndef RUBRICATOR_TRAINER_LOGISTIC_REGRESSION_H_
#define RUBRICATOR_TRAINER_LOGISTIC_REGRESSION_H_

#include <cstddef>
#include <span>
#include <vector>

namespace rubricator {

struct LogisticModel {
  double bias = 0.0;
  std::vector<double> weights;  // one for each feature
};

// Fits P(label = 1) = sigmoid(bias + weights · features) by Newton's method with an L2 penalty that
// pulls the weights (not the bias) towards `prior`. `features` is row-major
// [rows][prior.weights.size()]; `labels` 0 or 1; `sample_weights` > 0. Deterministic. With labels
// all alike the bias is finite, held by the penalty.
LogisticModel FitLogisticRegression(std::span<const double> features, std::span<const int> labels,
                                    std::span<const double> sample_weights,
                                    const LogisticModel& prior, double l2);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_LOGISTIC_REGRESSION_H_
