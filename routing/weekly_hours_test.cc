#include "routing/weekly_hours.h"

#include <gtest/gtest.h>

#include "routing/sample_newsroom.h"

namespace rubricator {
namespace {

WeeklyHours Hours(const std::string& weekdays, const std::string& window, const std::string& zone) {
  std::vector<DailyWindow> windows;
  if (!window.empty()) windows.push_back(ParseDailyWindow(window).value());
  return WeeklyHours(ParseWeekdays(weekdays).value(), std::move(windows),
                     TimeZone::Find(zone).value(), weekdays + " " + window);
}

TEST(ParseWeekdaysTest, TakesDaysAndSpans) {
  EXPECT_EQ(ParseWeekdays("mon")->to_string(), "0000001");
  EXPECT_EQ(ParseWeekdays("mon-fri")->to_string(), "0011111");
  EXPECT_EQ(ParseWeekdays("fri-mon")->to_string(), "1110001");
  EXPECT_EQ(ParseWeekdays("sun-sun")->to_string(), "1000000");
  for (const char* text : {"", "monday", "Mon", "mon-", "-fri", "mon-fri-sun", "1", "mon fri"}) {
    EXPECT_EQ(ParseWeekdays(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(ParseDailyWindowTest, TakesHoursAndMinutes) {
  EXPECT_EQ(ParseDailyWindow("09:00-18:30")->begin_minute, 9 * 60);
  EXPECT_EQ(ParseDailyWindow("09:00-18:30")->end_minute, 18 * 60 + 30);
  EXPECT_EQ(ParseDailyWindow("00:00-24:00")->end_minute, 24 * 60);
  EXPECT_EQ(ParseDailyWindow("22:00-00:00")->end_minute, 24 * 60);
  for (const char* text :
       {"", "9:00-18:00", "09:00", "09:00-", "09:00-25:00", "24:00-06:00", "09:60-10:00",
        "09:00 - 10:00", "09.00-10.00", "09:00-24:01", "09:00-09:00", "+9:00-10:00"}) {
    EXPECT_EQ(ParseDailyWindow(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(WeeklyHoursTest, ReadsTheClockOnTheWall) {
  struct Case {
    std::string name, weekdays, window, zone;
    std::chrono::sys_seconds time;
    bool want;
  };
  // 2026-03-02 is a Monday. Moscow is UTC+3 all year.
  for (const Case& c : {
           Case{"first minute", "mon-sun", "09:00-18:00", "UTC", Utc(2026, 3, 2, 9, 0), true},
           Case{"minute before", "mon-sun", "09:00-18:00", "UTC", Utc(2026, 3, 2, 8, 59), false},
           Case{"last minute", "mon-sun", "09:00-18:00", "UTC", Utc(2026, 3, 2, 17, 59), true},
           Case{"end is outside", "mon-sun", "09:00-18:00", "UTC", Utc(2026, 3, 2, 18, 0), false},
           Case{"zone", "mon-sun", "09:00-18:00", "Europe/Moscow", Utc(2026, 3, 2, 6, 0), true},
           Case{"zone, after", "mon-sun", "09:00-18:00", "Europe/Moscow", Utc(2026, 3, 2, 15, 0),
                false},
           Case{"other weekday", "tue-sun", "", "UTC", Utc(2026, 3, 2, 12, 0), false},
           Case{"weekday by the zone", "tue", "", "Europe/Moscow", Utc(2026, 3, 2, 21, 30), true},
           Case{"before 1970", "wed", "23:00-24:00", "UTC", Utc(1969, 12, 31, 23, 59), true},
           Case{"night, evening", "fri", "22:00-06:00", "Europe/Moscow", Utc(2026, 3, 6, 19, 0),
                true},
           Case{"night, after midnight", "fri", "22:00-06:00", "Europe/Moscow",
                Utc(2026, 3, 7, 2, 59), true},
           Case{"night, over", "fri", "22:00-06:00", "Europe/Moscow", Utc(2026, 3, 7, 3, 0), false},
           Case{"the night before is Thursday's", "fri", "22:00-06:00", "Europe/Moscow",
                Utc(2026, 3, 6, 0, 0), false},
           Case{"Sunday night ends on Monday", "sun", "22:00-06:00", "UTC", Utc(2026, 3, 2, 5, 0),
                true},
           Case{"up to midnight", "mon", "22:00-00:00", "UTC", Utc(2026, 3, 2, 23, 59), true},
           Case{"up to midnight, over", "mon", "22:00-00:00", "UTC", Utc(2026, 3, 3, 0, 0), false},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Hours(c.weekdays, c.window, c.zone).Contains(c.time), c.want);
  }
}

TEST(WeeklyHoursTest, FollowsSummerTime) {
  struct Case {
    std::string name, window;
    std::chrono::sys_seconds time;
    bool want;
  };
  // Berlin: UTC+1, from 2026-03-29 01:00 UTC on UTC+2, from 2026-10-25 01:00 UTC on UTC+1 again.
  for (const Case& c : {
           Case{"day before the change", "09:00-10:00", Utc(2026, 3, 28, 8, 0), true},
           Case{"day of the change", "09:00-10:00", Utc(2026, 3, 29, 7, 0), true},
           Case{"an hour later is past it", "09:00-10:00", Utc(2026, 3, 29, 8, 0), false},
           Case{"last minute before the gap", "02:00-03:00", Utc(2026, 3, 29, 0, 59), false},
           Case{"the hour that is skipped", "02:00-03:00", Utc(2026, 3, 29, 1, 0), false},
           Case{"night over the gap", "22:00-03:30", Utc(2026, 3, 29, 1, 29), true},
           Case{"night over the gap, over", "22:00-03:30", Utc(2026, 3, 29, 1, 30), false},
           Case{"repeated hour, first time", "02:00-03:00", Utc(2026, 10, 25, 0, 30), true},
           Case{"repeated hour, second time", "02:00-03:00", Utc(2026, 10, 25, 1, 30), true},
           Case{"after both", "02:00-03:00", Utc(2026, 10, 25, 2, 0), false},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Hours("mon-sun", c.window, "Europe/Berlin").Contains(c.time), c.want);
  }
}

TEST(WeeklyHoursTest, KnowsWhatMoscowsClockShowedBeforeTheLawChanged) {
  // UTC+4 all year in 2012, UTC+3 since 2014-10-26.
  const WeeklyHours hours = Hours("mon-sun", "12:00-13:00", "Europe/Moscow");
  EXPECT_TRUE(hours.Contains(Utc(2012, 1, 10, 8, 0)));
  EXPECT_TRUE(hours.Contains(Utc(2026, 1, 10, 9, 0)));
}

TEST(WeeklyHoursTest, TellsTheTime) {
  const WeeklyHours hours = Hours("mon", "22:00-06:00", "Europe/Moscow");
  EXPECT_EQ(hours.Clock(Utc(2026, 3, 7, 20, 5)), "Sat 23:05 Europe/Moscow");
  EXPECT_EQ(hours.text(), "mon 22:00-06:00");
}

TEST(TimeZoneTest, RefusesWhatIsNoZone) {
  EXPECT_EQ(MessageOf(TimeZone::Find("Europe/Mosocw").status()),
            "unknown time zone 'Europe/Mosocw'; did you mean 'Europe/Moscow'?");
  for (const char* name : {"", "GMT+3", "+03:00", "Etc/Unknown", "Moscow", "europe/moscow"}) {
    EXPECT_EQ(TimeZone::Find(name).status().code(), absl::StatusCode::kInvalidArgument) << name;
  }
  EXPECT_TRUE(TimeZone::Find("UTC").ok());
  EXPECT_TRUE(TimeZone::Find("Asia/Bishkek").ok());
}

}  // namespace
}  // namespace rubricator
