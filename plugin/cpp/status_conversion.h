// From gRPC's and google.rpc's errors to Abseil's: the one place that converts them. A google.rpc
// detail such as BadRequest becomes a payload under its type URL, as service/ has it.
#ifndef RUBRICATOR_PLUGIN_CPP_STATUS_CONVERSION_H_
#define RUBRICATOR_PLUGIN_CPP_STATUS_CONVERSION_H_

#include <string>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace rubricator {

// Same code and message; each detail of a google.rpc.Status in error_details() becomes a payload.
// Details that do not parse are dropped. A code outside gRPC's 0..16 becomes UNKNOWN.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The same for the error of one article in a batch or a stream.
absl::Status FromRpcStatus(const google::rpc::Status& status);

// The field that a google.rpc.BadRequest names first ("article.body"); empty when the status
// carries none.
std::string FieldOf(const absl::Status& status);

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_STATUS_CONVERSION_H_
