#include "server/metrics/drift.h"

#include <cstddef>

namespace rubricator {
namespace {

constexpr auto kSlotTime = std::chrono::minutes(5);
constexpr char kClassified[] = "CLASSIFIED";

}  // namespace

int64_t DriftWindow::NumberOf(Time now) { return now.time_since_epoch() / kSlotTime; }

void DriftWindow::Add(Time now, const CallRecord& record) {
  const int64_t number = NumberOf(now);
  Slot& slot = slots_[static_cast<size_t>(number) % kSlots];
  if (slot.number > number) return;  // the clock went back by an hour
  if (slot.number < number) slot = {.number = number, .summary = {}};
  for (const auto& [outcome, articles] : record.outcomes) {
    slot.summary.articles += articles;
    if (outcome != kClassified) slot.summary.abstained += articles;
  }
  for (const auto& [topic, tally] : record.topics) {
    slot.summary.topics[topic].articles += tally.articles;
    slot.summary.topics[topic].confidence += tally.confidence;
  }
}

DriftWindow::Summary DriftWindow::LastHour(Time now) const {
  const int64_t newest = NumberOf(now);
  Summary sum;
  for (const Slot& slot : slots_) {
    if (slot.number < 0 || slot.number > newest ||
        slot.number <= newest - static_cast<int64_t>(kSlots)) {
      continue;
    }
    sum.articles += slot.summary.articles;
    sum.abstained += slot.summary.abstained;
    for (const auto& [topic, tally] : slot.summary.topics) {
      sum.topics[topic].articles += tally.articles;
      sum.topics[topic].confidence += tally.confidence;
    }
  }
  return sum;
}

}  // namespace rubricator
