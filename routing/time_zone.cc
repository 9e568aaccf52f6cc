#include "routing/time_zone.h"

#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "routing/suggestion.h"

namespace rubricator {
namespace {

constexpr int64_t kSecondsADay = 24 * 60 * 60;
constexpr int kEpochWeekday = 3;  // 1970-01-01 was a Thursday

std::vector<std::string> KnownNames() {
  std::vector<std::string> names;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> zones(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status));
  if (U_FAILURE(status)) return names;
  while (const char* name = zones->next(nullptr, status)) names.emplace_back(name);
  return names;
}

std::string Nearest(std::string_view name) {
  const std::vector<std::string> known = KnownNames();
  return DidYouMean(name, std::vector<std::string_view>(known.begin(), known.end()));
}

}  // namespace

struct TimeZone::Parts {
  std::string name;
  std::unique_ptr<const icu::TimeZone> zone;
};

TimeZone::TimeZone(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
TimeZone::~TimeZone() = default;

absl::StatusOr<std::shared_ptr<const TimeZone>> TimeZone::Find(std::string_view name) {
  const icu::UnicodeString id =
      icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
  icu::UnicodeString canonical;
  UErrorCode status = U_ZERO_ERROR;
  UBool is_system_id = false;
  icu::TimeZone::getCanonicalID(id, canonical, is_system_id, status);
  // ICU would take "GMT+3" as well, whose clock no law changes, and "Etc/Unknown" as Greenwich.
  if (U_FAILURE(status) || !is_system_id || name == UCAL_UNKNOWN_ZONE_ID) {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown time zone '", AsAbsl(name), "'", Nearest(name)));
  }
  auto parts = std::make_unique<Parts>();
  parts->name = std::string(name);
  parts->zone.reset(icu::TimeZone::createTimeZone(id));
  return std::shared_ptr<const TimeZone>(new TimeZone(std::move(parts)));
}

LocalTime TimeZone::At(std::chrono::sys_seconds time) const {
  const int64_t seconds = time.time_since_epoch().count();
  int32_t raw_offset_ms = 0;
  int32_t dst_offset_ms = 0;
  UErrorCode status = U_ZERO_ERROR;
  parts_->zone->getOffset(static_cast<UDate>(seconds) * 1000.0, /*local=*/false, raw_offset_ms,
                          dst_offset_ms, status);
  const int64_t local = seconds + (raw_offset_ms + dst_offset_ms) / 1000;
  int64_t second_of_day = local % kSecondsADay;
  if (second_of_day < 0) second_of_day += kSecondsADay;
  const int64_t day = (local - second_of_day) / kSecondsADay;
  const int weekday = static_cast<int>(((day + kEpochWeekday) % 7 + 7) % 7);
  return {.weekday = weekday, .minute = static_cast<int>(second_of_day / 60)};
}

const std::string& TimeZone::name() const { return parts_->name; }

}  // namespace rubricator
