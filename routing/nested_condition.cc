#include "routing/nested_condition.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace rubricator {

Truth AnyOfCondition::Holds(const RoutingFacts& facts) const {
  Truth truth = Truth::kNo;
  for (const ConditionBlock& block : blocks_) {
    truth = std::max(truth, block.Holds(facts));
    if (truth == Truth::kYes) break;
  }
  return truth;
}

std::string AnyOfCondition::Explain(const RoutingFacts& facts) const {
  std::vector<std::string> failed;
  for (const ConditionBlock& block : blocks_) {
    const std::string text = absl::StrCat("(", block.Explain(facts), ")");
    if (block.Holds(facts) == Truth::kYes) return absl::StrCat("any_of: ", text);
    failed.push_back(text);
  }
  return absl::StrCat("any_of: ", JoinPhrases(failed));
}

Truth NotCondition::Holds(const RoutingFacts& facts) const {
  switch (block_.Holds(facts)) {
    case Truth::kYes:
      return Truth::kNo;
    case Truth::kNo:
      return Truth::kYes;
    case Truth::kUndecided:
      return Truth::kUndecided;
  }
  return Truth::kUndecided;
}

std::string NotCondition::Explain(const RoutingFacts& facts) const {
  return absl::StrCat("not: (", block_.Explain(facts), ")");
}

}  // namespace rubricator
