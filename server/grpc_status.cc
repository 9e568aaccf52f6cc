#include "server/grpc_status.h"

#include <string>

#include "service/field_error.h"

namespace rubricator {

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc_status = ToRpcStatus(status);
  const std::string details =
      rpc_status.details_size() == 0 ? std::string() : rpc_status.SerializeAsString();
  return {static_cast<grpc::StatusCode>(status.code()), rpc_status.message(), details};
}

}  // namespace rubricator
