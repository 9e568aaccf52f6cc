// The `when:` of a rule.
#ifndef RUBRICATOR_ROUTING_CONDITION_PARSER_H_
#define RUBRICATOR_ROUTING_CONDITION_PARSER_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "routing/condition.h"
#include "routing/parse_context.h"
#include "routing/yaml_field.h"

namespace rubricator {

// Blocks inside blocks (`any_of`, `not`), the rule's own counted.
inline constexpr size_t kMaxBlockDepth = 8;

// Reads a block of conditions. Errors: INVALID_ARGUMENT, each with file, line and field: an unknown
// key, topic, region, role, weekday, time zone; a wrong type; a confidence outside [0, 1]; an empty
// block or list; nesting over kMaxBlockDepth.
absl::StatusOr<ConditionBlock> ParseConditionBlock(const YamlField& field, ParseContext& context);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_CONDITION_PARSER_H_
