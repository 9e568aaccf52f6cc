// Latencies of calls, kept one by one: a run has at most some hundred thousand, so that quantiles
// need no buckets.
#ifndef RUBRICATOR_TESTS_BENCHMARKS_LATENCY_RECORD_H_
#define RUBRICATOR_TESTS_BENCHMARKS_LATENCY_RECORD_H_

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace rubricator::benchmarks {

// One thread at a time.
class LatencyRecord {
 public:
  void Add(std::chrono::nanoseconds latency) {
    micros_.push_back(static_cast<float>(latency.count()) * 1e-3F);
  }
  size_t count() const { return micros_.size(); }

  // The latency that `share` (0 to 1) of the calls did not exceed, in microseconds; 0 of none.
  double Quantile(double share) {
    if (micros_.empty()) return 0.0;
    const auto last = static_cast<double>(micros_.size() - 1);
    const auto at = micros_.begin() + static_cast<ptrdiff_t>(share * last + 0.5);
    std::nth_element(micros_.begin(), at, micros_.end());
    return static_cast<double>(*at);
  }

 private:
  std::vector<float> micros_;
};

}  // namespace rubricator::benchmarks

#endif  // RUBRICATOR_TESTS_BENCHMARKS_LATENCY_RECORD_H_
