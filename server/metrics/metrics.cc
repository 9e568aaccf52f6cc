#include "server/metrics/metrics.h"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Seconds. An article takes about half a millisecond, a batch of 1,000 about half a second.
const prometheus::Histogram::BucketBoundaries kDurations = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

std::string NameOf(const google::protobuf::MethodDescriptor& method) {
  return absl::StrCat(method.service()->full_name(), "/", method.name());
}

MetricFamily GaugeFamily(const std::string& name, const std::string& help) {
  return {name, help, MetricType::Gauge, {}};
}

void AddValue(MetricFamily& family, const std::map<std::string, std::string>& labels,
              double value) {
  ClientMetric& metric = family.metric.emplace_back();
  for (const auto& [name, text] : labels) metric.label.push_back({name, text});
  metric.gauge.value = value;
}

// Without articles there is no share and no mean, so no series.
void AddDrift(const DriftWindow::Summary& hour, std::vector<MetricFamily>& families) {
  MetricFamily articles = GaugeFamily("rubricator_drift_articles", "Articles of the last hour");
  AddValue(articles, {}, hour.articles);
  families.push_back(std::move(articles));
  MetricFamily abstained = GaugeFamily("rubricator_drift_abstention_ratio",
                                       "Share of the last hour's articles with another outcome "
                                       "than CLASSIFIED, 0 to 1");
  if (hour.articles > 0) {
    AddValue(abstained, {}, static_cast<double>(hour.abstained) / hour.articles);
    families.push_back(std::move(abstained));
  }
  MetricFamily confidence =
      GaugeFamily("rubricator_drift_topic_confidence",
                  "Mean confidence of a topic where it was given in the last hour, 0 to 1");
  for (const auto& [topic, tally] : hour.topics) {
    AddValue(confidence, {{"topic", topic}}, tally.confidence / tally.articles);
  }
  if (!confidence.metric.empty()) families.push_back(std::move(confidence));
}

}  // namespace

std::string_view TransportName(Transport transport) {
  return transport == Transport::kGrpc ? "grpc" : "http";
}

Metrics::Metrics(const MethodTable& methods)
    : calls_(prometheus::BuildCounter()
                 .Name("rubricator_calls_total")
                 .Help("Calls answered, by gRPC's code")
                 .Register(registry_)),
      durations_(prometheus::BuildHistogram()
                     .Name("rubricator_call_duration_seconds")
                     .Help("Time from a call's arrival to its answer; a stream is one call")
                     .Register(registry_)),
      articles_(registry_, "rubricator_articles_total", "Articles answered", {"outcome"}),
      failed_articles_(registry_, "rubricator_failed_articles_total",
                       "Articles of a batch or a stream that were answered by an error", {}),
      topics_(registry_, "rubricator_topics_total", "Times that a topic was given", {"topic"}),
      regions_(registry_, "rubricator_regions_total", "Times that a country was given",
               {"region", "role"}),
      corrections_(registry_, "rubricator_corrections_total", "Corrections kept", {}),
      topic_corrections_(registry_, "rubricator_topic_corrections_total",
                         "Times that an editor added or removed a topic", {"topic", "change"}),
      shed_(registry_, "rubricator_shed_calls_total",
            "Calls refused because the queue for a worker was full", {"pool"}),
      model_loads_(registry_, "rubricator_model_loads_total",
                   "Times that another model began to answer, the first one too, or was refused",
                   {"result"}) {
  for (Counters* counters : {&failed_articles_, &corrections_}) counters->Declare({});
  for (const char* pool : {"workers", "store_workers", "models_workers"}) shed_.Declare({pool});
  for (const char* result : {"loaded", "refused"}) model_loads_.Declare({result});
  for (const auto& [name, method] : methods.methods()) {
    const google::protobuf::ServiceDescriptor& service = *method.descriptor->service();
    for (int i = 0; i < service.method_count(); ++i) {
      std::unique_ptr<MethodSeries>& series = methods_[service.method(i)];
      if (series == nullptr) series = std::make_unique<MethodSeries>();
    }
  }
}

void Metrics::CountCall(const google::protobuf::MethodDescriptor& method, Transport transport,
                        absl::StatusCode code, std::chrono::steady_clock::duration duration) {
  const auto found = methods_.find(&method);
  if (found == methods_.end()) return;
  const auto number = static_cast<size_t>(transport);
  const size_t code_number = std::min(static_cast<size_t>(code), kCodes - 1);
  std::atomic<prometheus::Counter*>& calls = found->second->calls[number][code_number];
  prometheus::Counter* counter = calls.load(std::memory_order_acquire);
  if (counter == nullptr) {
    counter = &calls_.Add({{"method", NameOf(method)},
                           {"code", absl::StatusCodeToString(code)},
                           {"transport", std::string(TransportName(transport))}});
    calls.store(counter, std::memory_order_release);
  }
  counter->Increment();
  std::atomic<prometheus::Histogram*>& durations = found->second->durations[number];
  prometheus::Histogram* histogram = durations.load(std::memory_order_acquire);
  if (histogram == nullptr) {
    histogram = &durations_.Add(
        {{"method", NameOf(method)}, {"transport", std::string(TransportName(transport))}},
        kDurations);
    durations.store(histogram, std::memory_order_release);
  }
  histogram->Observe(std::chrono::duration<double>(duration).count());
}

void Metrics::CountRecord(const CallRecord& record, std::chrono::system_clock::time_point now) {
  for (const auto& [outcome, articles] : record.outcomes) articles_.Add({outcome}, articles);
  failed_articles_.Add({}, record.failed_articles);
  for (const auto& [topic, tally] : record.topics) topics_.Add({topic}, tally.articles);
  for (const auto& [code, tally] : record.regions) {
    regions_.Add({code, "focus"}, tally.in_focus);
    regions_.Add({code, "mentioned"}, tally.mentioned);
  }
  corrections_.Add({}, record.corrections);
  for (const auto& [topic, tally] : record.topic_corrections) {
    topic_corrections_.Add({topic, "added"}, tally.added);
    topic_corrections_.Add({topic, "removed"}, tally.removed);
  }
  if (record.outcomes.empty()) return;
  const std::lock_guard lock(mutex_);
  drift_.Add(now, record);
}

void Metrics::SetModel(const std::string& version) {
  const std::lock_guard lock(mutex_);
  if (version == model_version_) return;
  model_version_ = version;
  model_loads_.Add({"loaded"});
}

std::vector<MetricFamily> Metrics::GaugeFamilies(std::chrono::system_clock::time_point now) const {
  std::vector<MetricFamily> families;
  for (const Gauge& gauge : gauges_) {
    if (families.empty() || families.back().name != gauge.name) {
      families.push_back(GaugeFamily(gauge.name, gauge.help));
    }
    AddValue(families.back(), gauge.labels, gauge.value());
  }
  const std::lock_guard lock(mutex_);
  if (!model_version_.empty()) {
    MetricFamily model =
        GaugeFamily("rubricator_model_info", "1 for the version of the model that answers");
    AddValue(model, {{"version", model_version_}}, 1);
    families.push_back(std::move(model));
  }
  AddDrift(drift_.LastHour(now), families);
  return families;
}

std::string Metrics::Text(std::chrono::system_clock::time_point now) const {
  std::vector<MetricFamily> families = registry_.Collect();
  for (MetricFamily& family : GaugeFamilies(now)) families.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace rubricator
