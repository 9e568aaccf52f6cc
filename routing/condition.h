// What a rule can ask of an article.
#ifndef RUBRICATOR_ROUTING_CONDITION_H_
#define RUBRICATOR_ROUTING_CONDITION_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "classifier/analysis.h"
#include "classifier/article.h"

namespace rubricator {

// Kleene's three values, in this order: `and` is the least, `or` the greatest. What an unsure
// analysis would have to answer is undecided, and stays so under `not`: a rule that rests on it can
// then neither match nor fail to be excluded.
enum class Truth { kNo, kUndecided, kYes };

// What conditions look at. Borrows analysis and article.
struct RoutingFacts {
  const Analysis& analysis;
  const Article& article;
  std::chrono::sys_seconds time;
  // Why topics, and why regions, must not be asked: "outcome is INSUFFICIENT_TEXT"; empty: ask.
  std::string topics_unsure;
  std::string regions_unsure;
};

// Implementations are immutable; const methods may run on many threads at once.
class Condition {
 public:
  virtual ~Condition() = default;
  virtual Truth Holds(const RoutingFacts& facts) const = 0;
  // One phrase that says why it holds or why not, with the values found:
  // "topics: security 0.93 ≥ 0.50".
  virtual std::string Explain(const RoutingFacts& facts) const = 0;
};

// Conditions that must all hold, in the order of the file. Movable; immutable once built.
class ConditionBlock {
 public:
  void Add(std::unique_ptr<const Condition> condition);

  // kYes for an empty block.
  Truth Holds(const RoutingFacts& facts) const;
  // Conditions that do not hold, undecided ones among them.
  size_t CountFailed(const RoutingFacts& facts) const;
  // The phrases of all conditions when the block holds, joined by "; "; else "failed: " and those
  // that do not, then "held: " and those that do.
  std::string Explain(const RoutingFacts& facts) const;

 private:
  std::vector<std::unique_ptr<const Condition>> conditions_;
};

// How many of the names in a list must be met.
enum class Quantifier { kAny, kAll, kNone };

// Items joined by ", "; past the eighth only their number: "a, b, … (12 more)".
std::string JoinPhrases(const std::vector<std::string>& phrases);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_CONDITION_H_
