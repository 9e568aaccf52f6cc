// Conditions made of blocks of conditions: any_of and not.
#ifndef RUBRICATOR_ROUTING_NESTED_CONDITION_H_
#define RUBRICATOR_ROUTING_NESTED_CONDITION_H_

#include <string>
#include <utility>
#include <vector>

#include "routing/condition.h"

namespace rubricator {

// Whether at least one of the blocks (one or more) holds.
class AnyOfCondition final : public Condition {
 public:
  explicit AnyOfCondition(std::vector<ConditionBlock> blocks) : blocks_(std::move(blocks)) {}
  Truth Holds(const RoutingFacts& facts) const override;
  std::string Explain(const RoutingFacts& facts) const override;

 private:
  std::vector<ConditionBlock> blocks_;
};

// Whether the block does not hold: undecided where the block is.
class NotCondition final : public Condition {
 public:
  explicit NotCondition(ConditionBlock block) : block_(std::move(block)) {}
  Truth Holds(const RoutingFacts& facts) const override;
  std::string Explain(const RoutingFacts& facts) const override;

 private:
  ConditionBlock block_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_NESTED_CONDITION_H_
