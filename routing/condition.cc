#include "routing/condition.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace rubricator {
namespace {

constexpr size_t kMaxPhrases = 8;

}  // namespace

void ConditionBlock::Add(std::unique_ptr<const Condition> condition) {
  conditions_.push_back(std::move(condition));
}

Truth ConditionBlock::Holds(const RoutingFacts& facts) const {
  Truth truth = Truth::kYes;
  for (const auto& condition : conditions_) {
    truth = std::min(truth, condition->Holds(facts));
    if (truth == Truth::kNo) break;
  }
  return truth;
}

size_t ConditionBlock::CountFailed(const RoutingFacts& facts) const {
  return static_cast<size_t>(
      std::count_if(conditions_.begin(), conditions_.end(),
                    [&](const auto& condition) { return condition->Holds(facts) != Truth::kYes; }));
}

std::string ConditionBlock::Explain(const RoutingFacts& facts) const {
  std::vector<std::string> held, failed;
  for (const auto& condition : conditions_) {
    const bool holds = condition->Holds(facts) == Truth::kYes;
    (holds ? held : failed).push_back(condition->Explain(facts));
  }
  const std::string held_text = absl::StrJoin(held, "; ");
  if (failed.empty()) return held_text;
  return absl::StrCat("failed: ", absl::StrJoin(failed, "; "),
                      held.empty() ? "" : absl::StrCat("; held: ", held_text));
}

std::string JoinPhrases(const std::vector<std::string>& phrases) {
  if (phrases.size() <= kMaxPhrases) return absl::StrJoin(phrases, ", ");
  return absl::StrCat(absl::StrJoin(phrases.begin(), phrases.begin() + kMaxPhrases, ", "), ", … (",
                      phrases.size() - kMaxPhrases, " more)");
}

}  // namespace rubricator
