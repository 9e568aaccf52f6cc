#include "trainer/article_date.h"

#include "absl/time/time.h"

namespace rubricator {

absl::StatusOr<double> ParseArticleDate(const std::string& text) {
  absl::Time time;
  std::string ignored;
  for (const char* format : {"%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", absl::RFC3339_full}) {
    if (absl::ParseTime(format, text, &time, &ignored))
      return absl::ToDoubleSeconds(time - absl::UnixEpoch());
  }
  return absl::InvalidArgumentError("date is neither ISO 8601 nor YYYY/MM/DD");
}

std::string FormatArticleDate(double seconds) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::UnixEpoch() + absl::Seconds(seconds),
                          absl::UTCTimeZone());
}

}  // namespace rubricator
