// What the last hour looked like, to tell when articles drift away from what the model was trained
// on.
#ifndef RUBRICATOR_SERVER_METRICS_DRIFT_H_
#define RUBRICATOR_SERVER_METRICS_DRIFT_H_

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "service/call_context.h"

namespace rubricator {

// Slots of five minutes, of which twelve are kept. Time is what the caller says; it may go back a
// little. One thread at a time.
class DriftWindow {
 public:
  using Time = std::chrono::system_clock::time_point;

  struct Summary {
    int articles = 0;                          // answered with an outcome
    int abstained = 0;                         // of them, with another outcome than CLASSIFIED
    std::map<std::string, TopicTally> topics;  // by id
  };

  void Add(Time now, const CallRecord& record);
  // Of the slot of `now` and the eleven before it.
  Summary LastHour(Time now) const;

 private:
  static constexpr size_t kSlots = 12;

  struct Slot {
    int64_t number = -1;  // since the epoch
    Summary summary;
  };

  static int64_t NumberOf(Time now);

  std::array<Slot, kSlots> slots_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_METRICS_DRIFT_H_
