// What Prometheus asks for. Names, labels and alerts: docs/operations/metrics.md.
#ifndef RUBRICATOR_SERVER_METRICS_METRICS_H_
#define RUBRICATOR_SERVER_METRICS_METRICS_H_

#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "server/metrics/counters.h"
#include "server/metrics/drift.h"
#include "service/call_context.h"
#include "service/method_table.h"

namespace rubricator {

enum class Transport { kGrpc, kHttp };

// "grpc", "http".
std::string_view TransportName(Transport transport);

// A gauge that is read when Prometheus asks.
struct Gauge {
  std::string name;
  std::string help;
  std::map<std::string, std::string> labels;
  std::function<double()> value;  // thread-safe
};

// Thread-safe. Labels come from the API, the model and the gazetteer, never from a caller.
class Metrics {
 public:
  // Counts calls of the services in `methods`, streams as well.
  explicit Metrics(const MethodTable& methods);
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Before the first Text().
  void Watch(Gauge gauge) { gauges_.push_back(std::move(gauge)); }

  // A call has ended. Costs two atomic additions and one short lock.
  void CountCall(const google::protobuf::MethodDescriptor& method, Transport transport,
                 absl::StatusCode code, std::chrono::steady_clock::duration duration);
  // What a call, or a part of one, found out.
  void CountRecord(const CallRecord& record, std::chrono::system_clock::time_point now);
  // A call was refused for want of a worker. `pool`: "workers", "store_workers" or
  // "models_workers".
  void CountShed(const std::string& pool) { shed_.Add({pool}); }
  void CountRefusedModel() { model_loads_.Add({"refused"}); }
  // `version` answers from now on. Counts, if it is another than before.
  void SetModel(const std::string& version);

  // In Prometheus' text format.
  std::string Text(std::chrono::system_clock::time_point now) const;

 private:
  static constexpr size_t kTransports = 2;
  static constexpr size_t kCodes = 17;

  // Made when they are first needed; null before.
  struct MethodSeries {
    std::array<std::array<std::atomic<prometheus::Counter*>, kCodes>, kTransports> calls = {};
    std::array<std::atomic<prometheus::Histogram*>, kTransports> durations = {};
  };

  std::vector<prometheus::MetricFamily> GaugeFamilies(
      std::chrono::system_clock::time_point now) const;

  mutable prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Family<prometheus::Histogram>& durations_;
  Counters articles_;
  Counters failed_articles_;
  Counters topics_;
  Counters regions_;
  Counters corrections_;
  Counters topic_corrections_;
  Counters shed_;
  Counters model_loads_;
  std::unordered_map<const google::protobuf::MethodDescriptor*, std::unique_ptr<MethodSeries>>
      methods_;
  std::vector<Gauge> gauges_;
  mutable std::mutex mutex_;  // guards what follows
  DriftWindow drift_;
  std::string model_version_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_METRICS_METRICS_H_
