// A condition on the topics of an article.
#ifndef RUBRICATOR_ROUTING_TOPIC_CONDITION_H_
#define RUBRICATOR_ROUTING_TOPIC_CONDITION_H_

#include <string>
#include <vector>

#include "routing/condition.h"

namespace rubricator {

struct WantedTopic {
  std::string id;
  double min_confidence = 0.0;  // [0, 1]; reached counts
};

// Whether any, all or none of the topics were decided with their confidence. Undecided when
// RoutingFacts::topics_unsure says so.
class TopicCondition final : public Condition {
 public:
  // `wanted`: at least one.
  TopicCondition(Quantifier quantifier, std::vector<WantedTopic> wanted);
  Truth Holds(const RoutingFacts& facts) const override;
  std::string Explain(const RoutingFacts& facts) const override;

 private:
  Quantifier quantifier_;
  std::vector<WantedTopic> wanted_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_TOPIC_CONDITION_H_
