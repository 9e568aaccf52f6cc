// One article's way through the rules.
#ifndef RUBRICATOR_ROUTING_ROUTER_H_
#define RUBRICATOR_ROUTING_ROUTER_H_

#include <chrono>
#include <string>

#include "classifier/analysis.h"
#include "classifier/article.h"
#include "routing/condition.h"
#include "routing/rule_table.h"
#include "routing/rules.h"

namespace rubricator {

enum class RouteDetail { kDesksOnly, kEveryRule };

// Lives for one article, on one thread. Borrows all that it is given.
class Router {
 public:
  Router(const RuleTable& table, const Analysis& analysis, const Article& article,
         std::chrono::system_clock::time_point now);

  // As RoutingRules::Route; RoutingDecision::rules stays empty for kDesksOnly. To be called once.
  RoutingDecision Decide(RouteDetail detail);

 private:
  // Adds the decision on `rule` where details are asked for; says whether the rule matched.
  bool Judge(const Rule& rule, RouteDetail detail);
  void Skip(const Rule& rule, const std::string& stopped_by);
  void Assign(const DeskAction& action, const std::string& rule, std::string reason);
  // The desk that is open, from `desk` on along when_closed; adds the reason for each step.
  size_t OpenDesk(size_t desk, std::string& reason) const;

  const RuleTable& table_;
  RoutingFacts facts_;
  RoutingDecision decision_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_ROUTER_H_
