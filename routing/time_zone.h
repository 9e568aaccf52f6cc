// Wall-clock time in a place.
#ifndef RUBRICATOR_ROUTING_TIME_ZONE_H_
#define RUBRICATOR_ROUTING_TIME_ZONE_H_

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace rubricator {

struct LocalTime {
  int weekday = 0;  // 0 is Monday, 6 Sunday
  int minute = 0;   // of the day by the clock on the wall, 0..1439
};

// A zone of the IANA database (ICU's copy). Immutable; const methods may run on many threads at
// once.
class TimeZone {
 public:
  // `name` is an IANA name ("Europe/Moscow") or "UTC". Errors: INVALID_ARGUMENT unknown name, with
  // the nearest known one.
  static absl::StatusOr<std::shared_ptr<const TimeZone>> Find(std::string_view name);
  ~TimeZone();

  // What clock and calendar show there at `time`, summer time and past changes of law included.
  LocalTime At(std::chrono::sys_seconds time) const;
  const std::string& name() const;

 private:
  struct Parts;
  explicit TimeZone(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_TIME_ZONE_H_
