// A condition on the countries of an article.
#ifndef RUBRICATOR_ROUTING_REGION_CONDITION_H_
#define RUBRICATOR_ROUTING_REGION_CONDITION_H_

#include <string>
#include <vector>

#include "routing/condition.h"

namespace rubricator {

// A country, an area or a group of countries.
struct WantedRegion {
  std::string id;         // "KG", "143", "x-cis", "EU"
  std::string area_name;  // of an M49 area, for reasons: "Central Asia"; else empty
};

enum class WantedRole { kFocus, kMentioned, kEither };

// Which countries of an article count. `min_confidence` in [0, 1] is of being in focus, whatever
// the role. A country that is, or lies in, one of `except` is passed over as if it were not there.
struct RegionFilter {
  WantedRole role = WantedRole::kFocus;
  double min_confidence = 0.0;
  std::vector<std::string> except;
};

// Whether any, all or none of the regions are there in a role. A wanted region is met by a country
// of that code, in that area, or of that group; so "EU" by the Union itself and by each member.
// Undecided when RoutingFacts::regions_unsure says so.
class RegionCondition final : public Condition {
 public:
  // `wanted`: at least one.
  RegionCondition(Quantifier quantifier, std::vector<WantedRegion> wanted, RegionFilter filter);
  Truth Holds(const RoutingFacts& facts) const override;
  std::string Explain(const RoutingFacts& facts) const override;

 private:
  bool Matches(const WantedRegion& wanted, const Region& region) const;
  // The first country that meets it, main focus first; nullptr when none does.
  const Region* Met(const WantedRegion& wanted, const Analysis& analysis) const;
  std::string MetPhrase(const WantedRegion& wanted, const Region& region) const;
  std::string ExplainUnmet(const std::vector<std::string>& unmet, const Analysis& analysis) const;

  Quantifier quantifier_;
  std::vector<WantedRegion> wanted_;
  RegionFilter filter_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_REGION_CONDITION_H_
