#include "server/metrics/counters.h"

#include <cstddef>
#include <utility>

namespace rubricator {
namespace {

constexpr size_t kMostSeries = 1000;

}  // namespace

Counters::Counters(prometheus::Registry& registry, const std::string& name, const std::string& help,
                   std::vector<std::string> labels)
    : labels_(std::move(labels)),
      family_(prometheus::BuildCounter().Name(name).Help(help).Register(registry)) {}

void Counters::Add(const std::vector<std::string>& values, double amount) {
  if (amount > 0) Find(values).Increment(amount);
}

prometheus::Counter& Counters::Find(const std::vector<std::string>& values) {
  const std::lock_guard lock(mutex_);
  const auto known = series_.find(values);
  if (known != series_.end()) return *known->second;
  const bool full = series_.size() >= kMostSeries;
  prometheus::Labels labels;
  for (size_t i = 0; i < labels_.size(); ++i) labels[labels_[i]] = full ? "other" : values[i];
  prometheus::Counter& counter = family_.Add(labels);  // the same one for the same labels
  if (!full) series_.emplace(values, &counter);
  return counter;
}

}  // namespace rubricator
