// An analysis in, desks out, with the reason for each decision. docs/routing.md has the file
// format.
#ifndef RUBRICATOR_ROUTING_RULES_H_
#define RUBRICATOR_ROUTING_RULES_H_

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/analysis.h"
#include "classifier/article.h"
#include "routing/vocabulary.h"

namespace rubricator {

inline constexpr size_t kMaxReasonBytes = 2048;

// A desk that the article goes to.
struct DeskAssignment {
  std::string desk;    // id; of the desk that took over, where the rule's own is closed
  std::string rule;    // name of the first rule that chose it, "fallback" or "low_confidence"
  std::string reason;  // conditions that held, with values; at most kMaxReasonBytes
  std::string stage;   // of the first of its rules that names one; else empty
  std::vector<std::string> tags;  // of all its rules in their order, each once
};

// How one rule judged the article.
struct RuleDecision {
  std::string rule;
  std::string desk;  // id of the rule's own desk
  bool matched = false;
  std::string reason;            // why or why not, with values; at most kMaxReasonBytes
  size_t failed_conditions = 0;  // of those directly under `when`; 1 is a near miss
  bool skipped = false;          // an earlier rule matched and stops; its conditions were not asked
};

struct RoutingDecision {
  std::vector<DeskAssignment> desks;  // in the order in which rules chose them; never empty
  std::vector<RuleDecision> rules;    // every rule, in the order of the file
};

// A newsroom's desks and rules. Immutable; const methods may run on many threads at once.
class RoutingRules {
 public:
  // Reads a routing file. `file_name` opens each message:
  //   routing.yaml:14: rules[2].when.topics.any: unknown topic 'secuirty'; did you mean 'security'?
  // Errors: INVALID_ARGUMENT with file, line and field for whatever does not load: over 1 MiB, no
  // YAML, aliases, deep nesting; a key that is unknown, missing or twice; a wrong type; a topic,
  // region, desk or time zone that does not exist; a confidence outside [0, 1]; two desks or rules
  // of one name; desks that take over for each other in a cycle. The first error in the file's
  // sections is told, no other.
  static absl::StatusOr<RoutingRules> Parse(std::string_view yaml, std::string_view file_name,
                                            const RoutingVocabulary& vocabulary);
  // Parse() of a file; messages open with `path` as given. Errors: as Parse; NOT_FOUND no such
  // file; FAILED_PRECONDITION it cannot be read.
  static absl::StatusOr<RoutingRules> Load(const std::filesystem::path& path,
                                           const RoutingVocabulary& vocabulary);
  RoutingRules(RoutingRules&&) noexcept;
  RoutingRules& operator=(RoutingRules&&) noexcept;
  ~RoutingRules();

  // Asks the rules in order until one matches that stops. An analysis is unsure when its outcome is
  // not CLASSIFIED, or its best topic (0 without any) is below `low_confidence.below`: then no rule
  // matches by its topics, not even by their absence, nor by its regions when the outcome is not
  // CLASSIFIED; and unless a rule that rests on something else stopped, the low-confidence desk is
  // added. A sure one that no rule matched goes to the fallback desk. Hours are read at
  // Article::published_at, at `now` without it; a closed desk's articles go where it says.
  RoutingDecision Route(const Analysis& analysis, const Article& article,
                        std::chrono::system_clock::time_point now) const;
  // Only Route().desks: what a live request needs, without the cost of explaining every rule.
  std::vector<DeskAssignment> AssignDesks(const Analysis& analysis, const Article& article,
                                          std::chrono::system_clock::time_point now) const;

  // The desk's name in `language` (BCP 47; "ru-RU" falls back to "ru"), else in English, else the
  // first one by tag; the id for a desk without a name; empty for an unknown id.
  std::string DeskName(std::string_view desk_id, std::string_view language) const;
  // In the order of the file.
  std::vector<std::string> desk_ids() const;
  size_t rule_count() const;

 private:
  struct Parts;
  explicit RoutingRules(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_RULES_H_
