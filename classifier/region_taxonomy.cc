#include "classifier/region_taxonomy.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "classifier/tab_separated.h"

namespace rubricator {
namespace {

constexpr int64_t kOpenDay = std::numeric_limits<int64_t>::max();
constexpr double kSecondsPerDay = 86400.0;

// "2009-08-18" as days since 1970-01-01; "-" as `open`.
absl::StatusOr<int64_t> ParseDay(std::string_view text, int64_t open) {
  if (text == "-") return open;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const auto number = [&](size_t at, size_t size, auto& out) {
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + size, out);
    return error == std::errc() && end == text.data() + at + size;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !number(0, 4, year) ||
      !number(5, 2, month) || !number(8, 2, day)) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", AsAbsl(text), "\" is no date; want YYYY-MM-DD or -"));
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("there is no day ", AsAbsl(text)));
  }
  return std::chrono::sys_days(date).time_since_epoch().count();
}

std::vector<std::string> SplitCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty() && text != "-") {
    const size_t comma = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RegionTaxonomy>> RegionTaxonomy::Load(
    const std::filesystem::path& folder) {
  auto taxonomy = std::unique_ptr<RegionTaxonomy>(new RegionTaxonomy());
  RETURN_IF_ERROR(taxonomy->ReadPlaces(folder / "region-taxonomy.tsv"));
  RETURN_IF_ERROR(taxonomy->ReadGroups(folder / "region-groups.tsv"));
  taxonomy->SortGroupsByCode();
  return taxonomy;
}

absl::Status RegionTaxonomy::ReadPlaces(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  RETURN_IF_ERROR(ForEachRow(text, path.filename().string(), [&](const auto& fields, int) {
    if (fields.size() != 5 || (fields[0] != "country" && fields[0] != "area") ||
        fields[1].empty()) {
      return absl::InvalidArgumentError("want country|area, id, Russian name, English name, areas");
    }
    Place place{.area = fields[0] == "area",
                .name_ru = std::string(fields[2]),
                .name_en = std::string(fields[3]),
                .areas = SplitCommas(fields[4])};
    if (!places_.emplace(std::string(fields[1]), std::move(place)).second) {
      return absl::InvalidArgumentError(absl::StrCat("id ", AsAbsl(fields[1]), " stands twice"));
    }
    return absl::OkStatus();
  }));
  return ForEachRow(text, path.filename().string(), [&](const auto& fields, int) {
    for (const std::string& area : places_.find(fields[1])->second.areas) {
      const auto parent = places_.find(area);
      if (parent == places_.end() || !parent->second.area) {
        return absl::InvalidArgumentError(absl::StrCat("unknown area ", area));
      }
    }
    return absl::OkStatus();
  });
}

absl::Status RegionTaxonomy::ReadGroups(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  const std::string name = path.filename().string();
  return ForEachRow(text, name, [&](const auto& fields, int line) {
    if (fields.size() == 4 && fields[0] == "group") {
      Group group{
          .name_ru = std::string(fields[2]), .name_en = std::string(fields[3]), .members = {}};
      if (!groups_.emplace(std::string(fields[1]), std::move(group)).second) {
        return absl::InvalidArgumentError(
            absl::StrCat("group ", AsAbsl(fields[1]), " stands twice"));
      }
      return absl::OkStatus();
    }
    if (fields.size() == 6 && fields[0] == "member") return AddMember(fields, name, line);
    return absl::InvalidArgumentError(
        "want group, id, Russian name, English name, or member, group, code, from, to, source");
  });
}

absl::Status RegionTaxonomy::AddMember(const std::vector<std::string_view>& fields,
                                       std::string_view where, int line) {
  const auto group = groups_.find(fields[1]);
  if (group == groups_.end()) {
    return absl::InvalidArgumentError(absl::StrCat("unknown group ", AsAbsl(fields[1])));
  }
  if (!HasCountry(fields[2])) {
    return absl::InvalidArgumentError(absl::StrCat("unknown country ", AsAbsl(fields[2])));
  }
  ASSIGN_OR_RETURN(const int64_t from, ParseDay(fields[3], std::numeric_limits<int64_t>::min()));
  ASSIGN_OR_RETURN(const int64_t to, ParseDay(fields[4], kOpenDay));
  if (to < from) return absl::InvalidArgumentError("the membership ends before it begins");
  if (fields[5].empty()) return absl::InvalidArgumentError("the membership has no source");
  for (const Membership& other : group->second.members) {
    if (other.code == fields[2] && from <= other.to_day && other.from_day <= to) {
      return absl::InvalidArgumentError(absl::StrCat(AsAbsl(fields[2]), " in ", AsAbsl(fields[1]),
                                                     " overlaps ", AsAbsl(where), ":", other.line));
    }
  }
  group->second.members.push_back({std::string(fields[2]), from, to, line});
  return absl::OkStatus();
}

bool RegionTaxonomy::HasCountry(std::string_view code) const {
  const auto it = places_.find(code);
  return it != places_.end() && !it->second.area;
}

bool RegionTaxonomy::Has(std::string_view id) const {
  return places_.contains(id) || groups_.contains(id);
}

std::string_view RegionTaxonomy::DisplayName(std::string_view id, std::string_view language) const {
  const bool russian = language == "ru";
  if (const auto it = places_.find(id); it != places_.end()) {
    return russian ? it->second.name_ru : it->second.name_en;
  }
  if (const auto it = groups_.find(id); it != groups_.end()) {
    return russian ? it->second.name_ru : it->second.name_en;
  }
  return {};
}

const std::vector<std::string>& RegionTaxonomy::Areas(std::string_view id) const {
  static const std::vector<std::string> kNone;
  const auto it = places_.find(id);
  return it == places_.end() ? kNone : it->second.areas;
}

void RegionTaxonomy::SortGroupsByCode() {
  for (const auto& [id, group] : groups_) {
    std::set<std::string> codes = {id};  // the European Union itself
    for (const Membership& member : group.members) codes.insert(member.code);
    for (const std::string& code : codes) {
      GroupsOfCode& groups = groups_of_code_[code];
      groups.ever.push_back(id);
      if (Contains(id, code, std::nullopt)) groups.today.push_back(id);
    }
  }
}

std::vector<std::string> RegionTaxonomy::Groups(std::string_view code,
                                                std::optional<double> published_at) const {
  const auto groups = groups_of_code_.find(code);
  if (groups == groups_of_code_.end()) return {};
  if (!published_at) return groups->second.today;
  std::vector<std::string> found;
  for (const std::string& id : groups->second.ever) {
    if (Contains(id, code, published_at)) found.push_back(id);
  }
  return found;
}

bool RegionTaxonomy::Contains(std::string_view id, std::string_view code,
                              std::optional<double> published_at) const {
  if (const auto group = groups_.find(id); group != groups_.end()) {
    if (id == code) return true;  // the European Union itself
    const double day = published_at.value_or(0.0) / kSecondsPerDay;
    return std::any_of(group->second.members.begin(), group->second.members.end(),
                       [&](const Membership& member) {
                         if (member.code != code) return false;
                         if (!published_at) return member.to_day == kOpenDay;
                         return day >= static_cast<double>(member.from_day) &&
                                day < static_cast<double>(member.to_day) + 1.0;
                       });
  }
  const auto country = places_.find(code);
  if (country == places_.end() || country->second.area) return false;
  const auto& areas = country->second.areas;
  return id == code || std::find(areas.begin(), areas.end(), id) != areas.end();
}

std::vector<std::string> RegionTaxonomy::Members(std::string_view id,
                                                 std::optional<double> published_at) const {
  std::vector<std::string> found;
  for (const auto& [code, place] : places_) {
    if (!place.area && Contains(id, code, published_at)) found.push_back(code);
  }
  return found;
}

std::vector<std::string> RegionTaxonomy::Ids(Kind kind) const {
  std::vector<std::string> found;
  if (kind == Kind::kGroup) {
    for (const auto& entry : groups_) found.push_back(entry.first);
    return found;
  }
  for (const auto& [id, place] : places_) {
    if (place.area == (kind == Kind::kArea)) found.push_back(id);
  }
  return found;
}

}  // namespace rubricator
