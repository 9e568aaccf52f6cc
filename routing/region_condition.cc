#include "routing/region_condition.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/absl_view.h"
#include "routing/confidence_phrase.h"

namespace rubricator {
namespace {

bool Contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string_view RoleName(RegionRole role) {
  return role == RegionRole::kFocus ? "in focus" : "mentioned";
}

std::string_view RoleName(WantedRole role) {
  switch (role) {
    case WantedRole::kFocus:
      return "in focus";
    case WantedRole::kMentioned:
      return "mentioned";
    case WantedRole::kEither:
      return "in focus or mentioned";
  }
  return "";
}

// Whether the country is, lies in, or belongs to `id`.
bool IsIn(const Region& region, const std::string& id) {
  return region.code == id || Contains(region.areas, id) || Contains(region.groups, id);
}

bool HasRole(const Region& region, WantedRole role) {
  if (role == WantedRole::kEither) return true;
  return (region.role == RegionRole::kFocus) == (role == WantedRole::kFocus);
}

}  // namespace

RegionCondition::RegionCondition(Quantifier quantifier, std::vector<WantedRegion> wanted,
                                 RegionFilter filter)
    : quantifier_(quantifier), wanted_(std::move(wanted)), filter_(std::move(filter)) {}

bool RegionCondition::Matches(const WantedRegion& wanted, const Region& region) const {
  if (!HasRole(region, filter_.role) || region.confidence < filter_.min_confidence) return false;
  return IsIn(region, wanted.id) &&
         std::none_of(filter_.except.begin(), filter_.except.end(),
                      [&](const std::string& id) { return IsIn(region, id); });
}

const Region* RegionCondition::Met(const WantedRegion& wanted, const Analysis& analysis) const {
  for (const Region& region : analysis.regions) {
    if (Matches(wanted, region)) return &region;
  }
  return nullptr;
}

Truth RegionCondition::Holds(const RoutingFacts& facts) const {
  if (!facts.regions_unsure.empty()) return Truth::kUndecided;
  const auto is_met = [&](const WantedRegion& wanted) {
    return Met(wanted, facts.analysis) != nullptr;
  };
  switch (quantifier_) {
    case Quantifier::kAny:
      return std::any_of(wanted_.begin(), wanted_.end(), is_met) ? Truth::kYes : Truth::kNo;
    case Quantifier::kAll:
      return std::all_of(wanted_.begin(), wanted_.end(), is_met) ? Truth::kYes : Truth::kNo;
    case Quantifier::kNone:
      return std::none_of(wanted_.begin(), wanted_.end(), is_met) ? Truth::kYes : Truth::kNo;
  }
  return Truth::kNo;
}

std::string RegionCondition::MetPhrase(const WantedRegion& wanted, const Region& region) const {
  std::string phrase = region.code;
  if (wanted.id != region.code) {
    absl::StrAppend(&phrase, " (", wanted.area_name, wanted.area_name.empty() ? "" : " ", wanted.id,
                    ")");
  }
  if (filter_.min_confidence > 0.0) {
    absl::StrAppend(&phrase, " ", ConfidencePhrase(region.confidence, filter_.min_confidence));
  }
  return absl::StrCat(phrase, " ", AsAbsl(RoleName(region.role)));
}

std::string RegionCondition::ExplainUnmet(const std::vector<std::string>& unmet,
                                          const Analysis& analysis) const {
  std::vector<std::string> found;
  for (const Region& region : analysis.regions) {
    found.push_back(absl::StrCat(region.code, " ", ConfidencePhrase(region.confidence, 0.0), " ",
                                 AsAbsl(RoleName(region.role))));
  }
  std::string text =
      absl::StrCat("regions: no ", JoinPhrases(unmet), " ", AsAbsl(RoleName(filter_.role)));
  if (filter_.min_confidence > 0.0) {
    absl::StrAppendFormat(&text, " at %.2f or more", filter_.min_confidence);
  }
  if (!filter_.except.empty()) absl::StrAppend(&text, " except ", JoinPhrases(filter_.except));
  return absl::StrCat(text, " (found ", found.empty() ? "none" : JoinPhrases(found), ")");
}

std::string RegionCondition::Explain(const RoutingFacts& facts) const {
  const Truth truth = Holds(facts);
  if (truth == Truth::kUndecided) {
    return absl::StrCat("regions: not asked, ", facts.regions_unsure);
  }
  std::vector<std::string> met, unmet;
  for (const WantedRegion& wanted : wanted_) {
    const Region* region = Met(wanted, facts.analysis);
    if (region != nullptr) {
      met.push_back(MetPhrase(wanted, *region));
    } else {
      unmet.push_back(wanted.id);
    }
  }
  const bool holds = truth == Truth::kYes;
  if (quantifier_ == Quantifier::kNone && !holds) {
    return absl::StrCat("regions: excluded by ", JoinPhrases(met));
  }
  const bool shows_unmet = !holds || quantifier_ == Quantifier::kNone;
  return shows_unmet ? ExplainUnmet(unmet, facts.analysis)
                     : absl::StrCat("regions: ", JoinPhrases(met));
}

}  // namespace rubricator
