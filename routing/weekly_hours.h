// Hours of a week: "mon-fri 22:00-06:00 Europe/Moscow".
#ifndef RUBRICATOR_ROUTING_WEEKLY_HOURS_H_
#define RUBRICATOR_ROUTING_WEEKLY_HOURS_H_

#include <bitset>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "routing/time_zone.h"

namespace rubricator {

// Days of a week, 0 is Monday.
using Weekdays = std::bitset<7>;

// By the clock on the wall; a window whose end is not after its begin runs past midnight.
struct DailyWindow {
  int begin_minute = 0;  // of the day, 0..1439; inside
  int end_minute = 0;    // of the day, 1..1440; outside
};

// "mon", or the days of "fri-mon". Errors: INVALID_ARGUMENT for anything else.
absl::StatusOr<Weekdays> ParseWeekdays(std::string_view text);
// "09:00-18:30", "22:00-06:00", "00:00-24:00". Errors: INVALID_ARGUMENT for another form, and for
// equal ends.
absl::StatusOr<DailyWindow> ParseDailyWindow(std::string_view text);

// Immutable; const methods may run on many threads at once.
class WeeklyHours {
 public:
  // `weekdays`: the days on which windows begin, at least one. `windows`: empty means all day.
  // `text` is what Describe() calls them.
  WeeklyHours(Weekdays weekdays, std::vector<DailyWindow> windows,
              std::shared_ptr<const TimeZone> zone, std::string text);

  // Whether `time` lies in a window. The part of a window past midnight belongs to the day on which
  // it began: "fri 22:00-06:00" holds on Saturday at 05:59 and not on Friday at 05:59. Windows are
  // read off the wall: an hour that summer time skips has no minutes, one that it repeats has 120.
  bool Contains(std::chrono::sys_seconds time) const;
  // "Sat 23:10 Europe/Moscow".
  std::string Clock(std::chrono::sys_seconds time) const;
  // "fri-sat 22:00-06:00".
  const std::string& text() const { return text_; }

 private:
  Weekdays weekdays_;
  std::vector<DailyWindow> windows_;
  std::shared_ptr<const TimeZone> zone_;
  std::string text_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_WEEKLY_HOURS_H_
