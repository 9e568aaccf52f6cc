#include "routing/topic_condition.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "routing/confidence_phrase.h"

namespace rubricator {
namespace {

// nullptr when the topic was not decided.
const Topic* Decided(const Analysis& analysis, const std::string& id) {
  for (const Topic& topic : analysis.topics) {
    if (topic.id == id) return &topic;
  }
  return nullptr;
}

bool IsMet(const Analysis& analysis, const WantedTopic& wanted) {
  const Topic* topic = Decided(analysis, wanted.id);
  return topic != nullptr && topic->confidence >= wanted.min_confidence;
}

std::string Phrase(const Analysis& analysis, const WantedTopic& wanted) {
  const Topic* topic = Decided(analysis, wanted.id);
  if (topic == nullptr) return absl::StrCat("no ", wanted.id);
  return absl::StrCat(wanted.id, " ", ConfidencePhrase(topic->confidence, wanted.min_confidence));
}

}  // namespace

TopicCondition::TopicCondition(Quantifier quantifier, std::vector<WantedTopic> wanted)
    : quantifier_(quantifier), wanted_(std::move(wanted)) {}

Truth TopicCondition::Holds(const RoutingFacts& facts) const {
  if (!facts.topics_unsure.empty()) return Truth::kUndecided;
  const auto is_met = [&](const WantedTopic& wanted) { return IsMet(facts.analysis, wanted); };
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

std::string TopicCondition::Explain(const RoutingFacts& facts) const {
  const Truth truth = Holds(facts);
  if (truth == Truth::kUndecided) {
    return absl::StrCat("topics: not asked, ", facts.topics_unsure);
  }
  std::vector<std::string> met, unmet;
  for (const WantedTopic& wanted : wanted_) {
    (IsMet(facts.analysis, wanted) ? met : unmet).push_back(Phrase(facts.analysis, wanted));
  }
  const bool holds = truth == Truth::kYes;
  if (quantifier_ == Quantifier::kNone && !holds) {
    return absl::StrCat("topics: excluded by ", JoinPhrases(met));
  }
  const bool shows_unmet = !holds || quantifier_ == Quantifier::kNone;
  return absl::StrCat("topics: ", JoinPhrases(shows_unmet ? unmet : met));
}

}  // namespace rubricator
