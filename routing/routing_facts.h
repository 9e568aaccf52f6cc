// What the conditions may believe of an analysis.
#ifndef RUBRICATOR_ROUTING_ROUTING_FACTS_H_
#define RUBRICATOR_ROUTING_ROUTING_FACTS_H_

#include <chrono>

#include "classifier/analysis.h"
#include "classifier/article.h"
#include "routing/condition.h"

namespace rubricator {

// Topics are unsure when the outcome is not CLASSIFIED or the best one is under
// `low_confidence_below` (no topic counts as 0), regions when the outcome is not CLASSIFIED. The
// time is when the article was published; `now` without that, or outside the years 1 to 9999.
// Borrows analysis and article.
RoutingFacts FactsOf(const Analysis& analysis, const Article& article,
                     std::chrono::system_clock::time_point now, double low_confidence_below);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_ROUTING_FACTS_H_
