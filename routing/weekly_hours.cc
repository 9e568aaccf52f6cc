#include "routing/weekly_hours.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

constexpr int kMinutesADay = 24 * 60;
constexpr std::array<std::string_view, 7> kWeekdayNames = {"mon", "tue", "wed", "thu",
                                                           "fri", "sat", "sun"};
constexpr std::array<const char*, 7> kWeekdayTitles = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};

std::optional<size_t> WeekdayNamed(std::string_view name) {
  const auto* found = std::find(kWeekdayNames.begin(), kWeekdayNames.end(), name);
  if (found == kWeekdayNames.end()) return std::nullopt;
  return static_cast<size_t>(found - kWeekdayNames.begin());
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The minutes of "HH:MM", up to 24:00.
std::optional<int> MinuteOfDay(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const size_t i : {0, 1, 3, 4}) {
    if (!IsDigit(text[i])) return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute >= 60 || hour * 60 + minute > kMinutesADay) return std::nullopt;
  return hour * 60 + minute;
}

}  // namespace

absl::StatusOr<Weekdays> ParseWeekdays(std::string_view text) {
  const size_t dash = std::min(text.find('-'), text.size());
  const std::optional<size_t> first = WeekdayNamed(text.substr(0, dash));
  const std::optional<size_t> last =
      dash == text.size() ? first : WeekdayNamed(text.substr(dash + 1));
  if (!first.has_value() || !last.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", AsAbsl(text), "' is not a weekday (mon, tue, wed, thu, fri, sat, sun) ",
                     "or a span of them (mon-fri)"));
  }
  Weekdays weekdays;
  for (size_t day = *first;; day = (day + 1) % 7) {
    weekdays.set(day);
    if (day == *last) return weekdays;
  }
}

absl::StatusOr<DailyWindow> ParseDailyWindow(std::string_view text) {
  const size_t dash = std::min(text.find('-'), text.size());
  const std::optional<int> begin = MinuteOfDay(text.substr(0, dash));
  const std::optional<int> end =
      dash == text.size() ? std::nullopt : MinuteOfDay(text.substr(dash + 1));
  if (!begin.has_value() || !end.has_value() || *begin == kMinutesADay) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", AsAbsl(text), "' is not a window of hours such as 22:00-06:00"));
  }
  if (*begin == *end) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", AsAbsl(text), "' ends when it begins; the whole day is 00:00-24:00"));
  }
  // "22:00-00:00" ends with the day that it began on.
  return DailyWindow{.begin_minute = *begin, .end_minute = *end == 0 ? kMinutesADay : *end};
}

WeeklyHours::WeeklyHours(Weekdays weekdays, std::vector<DailyWindow> windows,
                         std::shared_ptr<const TimeZone> zone, std::string text)
    : weekdays_(weekdays),
      windows_(std::move(windows)),
      zone_(std::move(zone)),
      text_(std::move(text)) {}

bool WeeklyHours::Contains(std::chrono::sys_seconds time) const {
  const LocalTime local = zone_->At(time);
  const bool begins_today = weekdays_.test(static_cast<size_t>(local.weekday));
  const bool began_yesterday = weekdays_.test(static_cast<size_t>((local.weekday + 6) % 7));
  if (windows_.empty()) return begins_today;
  return std::any_of(windows_.begin(), windows_.end(), [&](const DailyWindow& window) {
    const bool past_midnight = window.end_minute < window.begin_minute;
    const bool after_begin = local.minute >= window.begin_minute;
    const bool before_end = local.minute < window.end_minute;
    if (!past_midnight) return begins_today && after_begin && before_end;
    return (begins_today && after_begin) || (began_yesterday && before_end);
  });
}

std::string WeeklyHours::Clock(std::chrono::sys_seconds time) const {
  const LocalTime local = zone_->At(time);
  return absl::StrFormat("%s %02d:%02d %s", kWeekdayTitles[static_cast<size_t>(local.weekday)],
                         local.minute / 60, local.minute % 60, zone_->name());
}

}  // namespace rubricator
