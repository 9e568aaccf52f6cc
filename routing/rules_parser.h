// A routing file, whole. docs/routing.md describes it for those who write one.
#ifndef RUBRICATOR_ROUTING_RULES_PARSER_H_
#define RUBRICATOR_ROUTING_RULES_PARSER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "routing/rule_table.h"
#include "routing/vocabulary.h"

namespace rubricator {

// Errors: as RoutingRules::Parse.
absl::StatusOr<RuleTable> ParseRuleTable(std::string_view yaml, std::string_view file_name,
                                         const RoutingVocabulary& vocabulary);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_RULES_PARSER_H_
