// A routing file as values: desks, rules, and what happens without a match.
#ifndef RUBRICATOR_ROUTING_RULE_TABLE_H_
#define RUBRICATOR_ROUTING_RULE_TABLE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "routing/condition.h"
#include "routing/weekly_hours.h"

namespace rubricator {

struct Desk {
  std::string id;
  // BCP 47 tag to name; a name that is the same in every language stands under "".
  std::map<std::string, std::string> names;
  std::vector<WeeklyHours> open;  // any of them; empty: always
  // Index of the desk that takes over; set exactly when `open` is not empty. No desk leads back to
  // itself, so the way from a closed desk ends at one that is open.
  size_t when_closed = 0;
};

struct DeskAction {
  size_t desk = 0;  // index
  std::string stage;
  std::vector<std::string> tags;
};

struct Rule {
  std::string name;
  ConditionBlock when;
  DeskAction then;
  bool stop = true;
};

// Immutable once parsed.
struct RuleTable {
  std::vector<Desk> desks;  // in the order of the file
  std::vector<Rule> rules;
  DeskAction fallback;
  DeskAction low_confidence;
  double low_confidence_below = 0.0;  // [0, 1]
};

// What RuleDecision and DeskAssignment call the two that always exist; no rule may have these
// names.
inline constexpr char kFallbackRule[] = "fallback";
inline constexpr char kLowConfidenceRule[] = "low_confidence";

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_RULE_TABLE_H_
