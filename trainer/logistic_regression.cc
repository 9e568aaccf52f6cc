#include "trainer/logistic_regression.h"

#include <algorithm>
#include <cmath>

namespace rubricator {
namespace {

constexpr int kMaxIterations = 50;
constexpr double kTolerance = 1e-9;  // of the greatest step
constexpr double kBiasPenalty = 1e-3;

// Solves A x = b for a small symmetric positive definite A (row-major) in place, by Cholesky.
std::vector<double> Solve(std::vector<double> a, std::vector<double> b) {
  const size_t n = b.size();
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j <= i; ++j) {
      double sum = a[i * n + j];
      for (size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / a[j * n + j];
    }
  }
  for (size_t i = 0; i < n; ++i) {
    for (size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (size_t i = n; i-- > 0;) {
    for (size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}

}  // namespace

LogisticModel FitLogisticRegression(std::span<const double> features, std::span<const int> labels,
                                    std::span<const double> sample_weights,
                                    const LogisticModel& prior, double l2) {
  const size_t width = prior.weights.size();
  const size_t n = width + 1;  // the bias comes last
  std::vector<double> parameters(prior.weights);
  parameters.push_back(prior.bias);
  for (int iteration = 0; iteration < kMaxIterations; ++iteration) {
    std::vector<double> gradient(n, 0.0);
    std::vector<double> hessian(n * n, 0.0);
    std::vector<double> x(n, 1.0);
    for (size_t row = 0; row < labels.size(); ++row) {
      std::copy_n(features.begin() + static_cast<ptrdiff_t>(row * width), width, x.begin());
      double logit = 0.0;
      for (size_t i = 0; i < n; ++i) logit += parameters[i] * x[i];
      const double p = 1.0 / (1.0 + std::exp(-logit));
      const double error = sample_weights[row] * (p - labels[row]);
      const double curvature = sample_weights[row] * std::max(p * (1.0 - p), 1e-6);
      for (size_t i = 0; i < n; ++i) {
        gradient[i] += error * x[i];
        for (size_t j = 0; j <= i; ++j) hessian[i * n + j] += curvature * x[i] * x[j];
      }
    }
    for (size_t i = 0; i < width; ++i) {
      gradient[i] += l2 * (parameters[i] - prior.weights[i]);
      hessian[i * n + i] += l2;
    }
    gradient[width] += kBiasPenalty * (parameters[width] - prior.bias);
    hessian[width * n + width] += kBiasPenalty;
    const std::vector<double> step = Solve(hessian, gradient);
    double greatest = 0.0;
    for (size_t i = 0; i < n; ++i) {
      parameters[i] -= std::clamp(step[i], -5.0, 5.0);
      greatest = std::max(greatest, std::abs(step[i]));
    }
    if (greatest < kTolerance) break;
  }
  LogisticModel model;
  model.bias = parameters.back();
  parameters.pop_back();
  model.weights = std::move(parameters);
  return model;
}

}  // namespace rubricator
