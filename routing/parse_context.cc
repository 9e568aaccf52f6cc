#include "routing/parse_context.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr char kDefaultZone[] = "UTC";

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

absl::StatusOr<Weekdays> ParseWeekdayList(const YamlField& field, std::vector<std::string>& texts) {
  Weekdays weekdays;
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, field.Items());
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(const std::string text, item.Text());
    const absl::StatusOr<Weekdays> days = ParseWeekdays(text);
    if (!days.ok()) return item.Error(Message(days.status()));
    weekdays |= *days;
    texts.push_back(text);
  }
  return weekdays;
}

absl::StatusOr<std::vector<DailyWindow>> ParseWindowList(const YamlField& field,
                                                         std::vector<std::string>& texts) {
  std::vector<DailyWindow> windows;
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, field.Items());
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(const std::string text, item.Text());
    const absl::StatusOr<DailyWindow> window = ParseDailyWindow(text);
    if (!window.ok()) return item.Error(Message(window.status()));
    windows.push_back(*window);
    texts.push_back(text);
  }
  return windows;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const TimeZone>> ParseContext::ParseZone(const YamlField& field) {
  ASSIGN_OR_RETURN(const std::string name, field.Text());
  std::shared_ptr<const TimeZone>& zone = zones_[name];
  if (zone == nullptr) {
    absl::StatusOr<std::shared_ptr<const TimeZone>> found = TimeZone::Find(name);
    if (!found.ok()) return field.Error(Message(found.status()));
    zone = *std::move(found);
  }
  return zone;
}

absl::Status ParseContext::SetDefaultZone(const YamlField& root) {
  const std::optional<YamlField> field = root.Find("time_zone");
  if (field.has_value()) {
    ASSIGN_OR_RETURN(default_zone_, ParseZone(*field));
  } else {
    ASSIGN_OR_RETURN(default_zone_, TimeZone::Find(kDefaultZone));
  }
  return absl::OkStatus();
}

absl::StatusOr<WeeklyHours> ParseContext::ParseHours(const YamlField& field) {
  RETURN_IF_ERROR(field.CheckKeys({"weekdays", "hours", "time_zone"}));
  const std::optional<YamlField> weekdays_field = field.Find("weekdays");
  const std::optional<YamlField> hours_field = field.Find("hours");
  const std::optional<YamlField> zone_field = field.Find("time_zone");
  if (!weekdays_field.has_value() && !hours_field.has_value()) {
    return field.Error("needs weekdays, hours or both");
  }
  Weekdays weekdays = Weekdays().set();
  std::vector<DailyWindow> windows;
  std::vector<std::string> day_texts, hour_texts, texts;
  if (weekdays_field.has_value()) {
    ASSIGN_OR_RETURN(weekdays, ParseWeekdayList(*weekdays_field, day_texts));
    texts.push_back(absl::StrJoin(day_texts, ","));
  }
  if (hours_field.has_value()) {
    ASSIGN_OR_RETURN(windows, ParseWindowList(*hours_field, hour_texts));
    texts.push_back(absl::StrJoin(hour_texts, ","));
  }
  std::shared_ptr<const TimeZone> zone = default_zone_;
  if (zone_field.has_value()) {
    ASSIGN_OR_RETURN(zone, ParseZone(*zone_field));
  }
  return WeeklyHours(weekdays, std::move(windows), std::move(zone), absl::StrJoin(texts, " "));
}

const std::string& ParseContext::AreaName(const std::string& code) {
  const auto [entry, is_new] = area_names_.try_emplace(code);
  if (is_new) {
    icu::UnicodeString name;
    icu::Locale("und", code.c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
    name.toUTF8String(entry->second);
    if (entry->second == code) entry->second.clear();  // ICU's way to say that it knows none
  }
  return entry->second;
}

}  // namespace rubricator
