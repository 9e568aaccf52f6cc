// Errors that name the field of the request which caused them.
#ifndef RUBRICATOR_SERVICE_FIELD_ERROR_H_
#define RUBRICATOR_SERVICE_FIELD_ERROR_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace rubricator {

// Key of the absl::Status payload that holds a serialised google.rpc.BadRequest.
inline constexpr char kBadRequestTypeUrl[] = "type.googleapis.com/google.rpc.BadRequest";

// Longer ones, which quote what a caller sent, are cut: gRPC carries message and details in
// trailers, of which clients take 8 KiB by default.
inline constexpr size_t kMaxDescriptionBytes = 1024;

// INVALID_ARGUMENT "<field>: <description>" with a BadRequest of one violation. `field` is a path
// from the request: "article.body".
absl::Status FieldError(std::string_view field, std::string_view description);

// The INVALID_ARGUMENT of a field inside of `parent`, made by FieldError(): its path gets
// "<parent>." in front. Any other status comes back as it is.
absl::Status WithinField(std::string_view parent, const absl::Status& status);

// Gives an INVALID_ARGUMENT whose message begins with a field path and ": " the BadRequest that
// says the same. Any other status, and one that has its BadRequest, comes back as it is.
absl::Status WithFieldDetails(absl::Status status);

// The same as a google.rpc.Status: code, message, each payload as a detail, by type URL.
google::rpc::Status ToRpcStatus(const absl::Status& status);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_FIELD_ERROR_H_
