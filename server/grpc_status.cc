#include "server/grpc_status.h"

#include <array>
#include <cstddef>
#include <string>

#include "service/field_error.h"

namespace rubricator {
namespace {

// By number: https://grpc.io/docs/guides/status-codes/
constexpr std::array<std::string_view, 17> kCodeNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status rpc_status = ToRpcStatus(status);
  const std::string details =
      rpc_status.details_size() == 0 ? std::string() : rpc_status.SerializeAsString();
  return {static_cast<grpc::StatusCode>(status.code()), rpc_status.message(), details};
}

std::string_view CodeName(grpc::StatusCode code) {
  const auto number = static_cast<size_t>(code);
  return number < kCodeNames.size() ? kCodeNames[number] : "UNKNOWN";
}

}  // namespace rubricator
