// The tokens by which lists are paged.
#ifndef RUBRICATOR_SERVICE_PAGE_TOKEN_H_
#define RUBRICATOR_SERVICE_PAGE_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace rubricator {

// A token for going on after `position` in the list named `list` ("corrections"): letters, digits,
// '-' and '_'. Every server makes the same, and it outlives restarts.
std::string WritePageToken(std::string_view list, std::string_view position);

// The position. Errors: INVALID_ARGUMENT naming "page_token" for whatever WritePageToken() has not
// made for this list. The check tells slips, not forgers, who could ask for that page anyway.
absl::StatusOr<std::string> ReadPageToken(std::string_view list, const std::string& token);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_PAGE_TOKEN_H_
