// Conditions on what is known of an article without reading it: language, source, time.
#ifndef RUBRICATOR_ROUTING_ARTICLE_CONDITION_H_
#define RUBRICATOR_ROUTING_ARTICLE_CONDITION_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "routing/condition.h"
#include "routing/weekly_hours.h"

namespace rubricator {

// Whether Analysis::language is one of `languages` (BCP 47 primary tags, lower case; at least one).
class LanguageCondition final : public Condition {
 public:
  explicit LanguageCondition(std::vector<std::string> languages)
      : languages_(std::move(languages)) {}
  Truth Holds(const RoutingFacts& facts) const override;
  std::string Explain(const RoutingFacts& facts) const override;

 private:
  std::vector<std::string> languages_;
};

// Whether Article::source is one of `sources` (at least one), whatever the letters' case.
class SourceCondition final : public Condition {
 public:
  explicit SourceCondition(std::vector<std::string> sources);
  Truth Holds(const RoutingFacts& facts) const override;
  std::string Explain(const RoutingFacts& facts) const override;

 private:
  std::vector<std::string> sources_;
  std::vector<std::string> folded_;
};

// Whether RoutingFacts::time lies in the hours.
class TimeCondition final : public Condition {
 public:
  explicit TimeCondition(WeeklyHours hours) : hours_(std::move(hours)) {}
  Truth Holds(const RoutingFacts& facts) const override;
  std::string Explain(const RoutingFacts& facts) const override;

 private:
  WeeklyHours hours_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_ARTICLE_CONDITION_H_
