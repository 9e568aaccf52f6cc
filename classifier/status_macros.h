// Early return on a failed absl::Status or absl::StatusOr.
#ifndef RUBRICATOR_CLASSIFIER_STATUS_MACROS_H_
#define RUBRICATOR_CLASSIFIER_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns the status of `expr` from the enclosing function unless it is OK.
#define RETURN_IF_ERROR(expr)                              \
  do {                                                     \
    absl::Status rubricator_status = (expr);               \
    if (!rubricator_status.ok()) return rubricator_status; \
  } while (false)

#define RUBRICATOR_CONCAT_INNER(a, b) a##b
#define RUBRICATOR_CONCAT(a, b) RUBRICATOR_CONCAT_INNER(a, b)
#define RUBRICATOR_ASSIGN_OR_RETURN(result, lhs, expr) \
  auto result = (expr);                                \
  if (!result.ok()) return std::move(result).status(); \
  lhs = std::move(result).value()

// Assigns the value of the StatusOr `expr` to `lhs` (which may declare), or returns its status.
#define ASSIGN_OR_RETURN(lhs, expr) \
  RUBRICATOR_ASSIGN_OR_RETURN(RUBRICATOR_CONCAT(status_or_, __LINE__), lhs, expr)

#endif  // RUBRICATOR_CLASSIFIER_STATUS_MACROS_H_
