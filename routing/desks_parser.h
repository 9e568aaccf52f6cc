// The `desks:` of a routing file.
#ifndef RUBRICATOR_ROUTING_DESKS_PARSER_H_
#define RUBRICATOR_ROUTING_DESKS_PARSER_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "routing/parse_context.h"
#include "routing/rule_table.h"
#include "routing/yaml_field.h"

namespace rubricator {

// Reads the desks of the document. Errors: INVALID_ARGUMENT, each with file, line and field: no
// desk; a bad or repeated id; `open` without `when_closed` or the other way round; an unknown desk
// in `when_closed`, or a cycle of them.
absl::StatusOr<std::vector<Desk>> ParseDesks(const YamlField& root, ParseContext& context);

// The index of the desk that `field` names. Errors: INVALID_ARGUMENT unknown desk, with the nearest
// known one.
absl::StatusOr<size_t> FindDesk(const YamlField& field, const std::vector<Desk>& desks);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_DESKS_PARSER_H_
