#include "routing/rules.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "routing/router.h"
#include "routing/rule_table.h"
#include "routing/rules_parser.h"
#include "routing/yaml_tree.h"

namespace rubricator {

struct RoutingRules::Parts {
  RuleTable table;
};

RoutingRules::RoutingRules(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
RoutingRules::RoutingRules(RoutingRules&&) noexcept = default;
RoutingRules& RoutingRules::operator=(RoutingRules&&) noexcept = default;
RoutingRules::~RoutingRules() = default;

absl::StatusOr<RoutingRules> RoutingRules::Parse(std::string_view yaml, std::string_view file_name,
                                                 const RoutingVocabulary& vocabulary) {
  ASSIGN_OR_RETURN(RuleTable table, ParseRuleTable(yaml, file_name, vocabulary));
  return RoutingRules(std::make_unique<const Parts>(Parts{std::move(table)}));
}

absl::StatusOr<RoutingRules> RoutingRules::Load(const std::filesystem::path& path,
                                                const RoutingVocabulary& vocabulary) {
  const std::string name = path.string();
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return absl::NotFoundError(absl::StrCat(name, ": no such routing file"));
  }
  std::ifstream file(path, std::ios::binary);
  // One byte more than is allowed, so that Parse() sees that the file is too long.
  std::string yaml(kMaxYamlBytes + 1, '\0');
  file.read(yaml.data(), static_cast<std::streamsize>(yaml.size()));
  if (std::filesystem::is_directory(path, error) || !file.is_open() || file.bad()) {
    return absl::FailedPreconditionError(absl::StrCat(name, ": cannot be read"));
  }
  yaml.resize(static_cast<size_t>(file.gcount()));
  return Parse(yaml, name, vocabulary);
}

RoutingDecision RoutingRules::Route(const Analysis& analysis, const Article& article,
                                    std::chrono::system_clock::time_point now) const {
  return Router(parts_->table, analysis, article, now).Decide(RouteDetail::kEveryRule);
}

std::vector<DeskAssignment> RoutingRules::AssignDesks(
    const Analysis& analysis, const Article& article,
    std::chrono::system_clock::time_point now) const {
  return Router(parts_->table, analysis, article, now).Decide(RouteDetail::kDesksOnly).desks;
}

std::string RoutingRules::DeskName(std::string_view desk_id, std::string_view language) const {
  const std::vector<Desk>& desks = parts_->table.desks;
  const auto desk = std::find_if(desks.begin(), desks.end(),
                                 [&](const Desk& candidate) { return candidate.id == desk_id; });
  if (desk == desks.end()) return "";
  const std::string_view primary = language.substr(0, language.find('-'));
  for (const std::string_view tag : {language, primary, std::string_view("en")}) {
    const auto name = desk->names.find(std::string(tag));
    if (name != desk->names.end()) return name->second;
  }
  return desk->names.begin()->second;
}

std::vector<std::string> RoutingRules::desk_ids() const {
  std::vector<std::string> ids;
  for (const Desk& desk : parts_->table.desks) ids.push_back(desk.id);
  return ids;
}

size_t RoutingRules::rule_count() const { return parts_->table.rules.size(); }

}  // namespace rubricator
