// The status of a call that the server has no room for, and when to try again.
#ifndef RUBRICATOR_SERVER_ACCESS_OVERLOAD_H_
#define RUBRICATOR_SERVER_ACCESS_OVERLOAD_H_

#include <chrono>
#include <optional>
#include <string_view>

#include "absl/status/status.h"

namespace rubricator {

// RESOURCE_EXHAUSTED with a google.rpc.RetryInfo detail. Its delay is `retry_after` to twice that
// and differs from call to call, so that callers do not come back all at once. Thread-safe.
absl::Status Overloaded(std::string_view message, std::chrono::milliseconds retry_after);

// The delay of such a status. gRPC says it as the trailer `grpc-retry-pushback-ms`, HTTP as
// `Retry-After`.
std::optional<std::chrono::milliseconds> RetryDelayOf(const absl::Status& status);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_OVERLOAD_H_
