// The one place where an absl::Status becomes a grpc::Status.
#ifndef RUBRICATOR_SERVER_GRPC_STATUS_H_
#define RUBRICATOR_SERVER_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace rubricator {

// Same code and message; a status with payloads carries them as a serialised google.rpc.Status in
// its error details, which gRPC sends as grpc-status-details-bin.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_GRPC_STATUS_H_
