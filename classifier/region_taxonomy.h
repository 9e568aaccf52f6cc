// Which countries, areas and groups of countries exist, what they are called and who belongs to
// whom.
#ifndef RUBRICATOR_CLASSIFIER_REGION_TAXONOMY_H_
#define RUBRICATOR_CLASSIFIER_REGION_TAXONOMY_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

// Immutable after Load(); const methods may run on many threads at once. An id is a country's code
// ("KG", "XK", "EU"), a UN M49 area ("143") or a group ("x-cis"; also "EU"). All look-ups are
// case-sensitive.
class RegionTaxonomy {
 public:
  enum class Kind { kCountry, kArea, kGroup };

  // Reads region-taxonomy.tsv and region-groups.tsv of `folder`. Errors: NOT_FOUND a file is
  // missing; INVALID_ARGUMENT, with file and line: a malformed row, an unknown code, an id that
  // stands twice, a membership whose dates overlap or end before they begin.
  static absl::StatusOr<std::unique_ptr<RegionTaxonomy>> Load(const std::filesystem::path& folder);

  bool HasCountry(std::string_view code) const;
  // Whether `id` is a country, an area or a group.
  bool Has(std::string_view id) const;
  // Name in "ru" or "en"; any other language gets English. Empty for an unknown id.
  std::string_view DisplayName(std::string_view id, std::string_view language) const;
  // M49 parents of a country or an area, nearest first: KG gives "143", "142", "001". Empty if
  // none.
  const std::vector<std::string>& Areas(std::string_view id) const;
  // Groups that have `code` as a member on that date, sorted. Without a date: members to this day.
  std::vector<std::string> Groups(std::string_view code, std::optional<double> published_at) const;
  // Country codes inside an area or a group on that date, sorted; a country gives itself.
  std::vector<std::string> Members(std::string_view id, std::optional<double> published_at) const;
  // Whether Members(id) holds `code`.
  bool Contains(std::string_view id, std::string_view code,
                std::optional<double> published_at) const;
  // Every id of one kind, sorted. "EU" is both a country and a group.
  std::vector<std::string> Ids(Kind kind) const;

 private:
  struct Place {
    bool area = false;
    std::string name_ru, name_en;
    std::vector<std::string> areas;
  };
  struct Membership {
    std::string code;
    int64_t from_day;  // first day, since 1970-01-01
    int64_t to_day;    // last day, or kOpenDay
    int line;
  };
  struct Group {
    std::string name_ru, name_en;
    std::vector<Membership> members;
  };
  // The groups of one code, sorted: in all of groups_ it takes long to find them.
  struct GroupsOfCode {
    std::vector<std::string> today;
    std::vector<std::string> ever;
  };
  RegionTaxonomy() = default;
  absl::Status ReadPlaces(const std::filesystem::path& path);
  absl::Status ReadGroups(const std::filesystem::path& path);
  absl::Status AddMember(const std::vector<std::string_view>& fields, std::string_view where,
                         int line);
  void SortGroupsByCode();

  std::map<std::string, Place, std::less<>> places_;
  std::map<std::string, Group, std::less<>> groups_;
  std::map<std::string, GroupsOfCode, std::less<>> groups_of_code_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_REGION_TAXONOMY_H_
