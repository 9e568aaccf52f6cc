#include "plugin/cpp/status_conversion.h"

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

constexpr int kLastCode = 16;  // UNAUTHENTICATED

absl::StatusCode CodeOf(int code) {
  return code >= 0 && code <= kLastCode ? static_cast<absl::StatusCode>(code)
                                        : absl::StatusCode::kUnknown;
}

}  // namespace

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status rpc_status;
  if (!rpc_status.ParseFromString(status.error_details())) rpc_status.Clear();
  rpc_status.set_code(status.error_code());
  rpc_status.set_message(status.error_message());
  return FromRpcStatus(rpc_status);
}

absl::Status FromRpcStatus(const google::rpc::Status& status) {
  absl::Status result(CodeOf(status.code()), status.message());
  for (const google::protobuf::Any& detail : status.details()) {
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

std::string FieldOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kBadRequestTypeUrl);
  google::rpc::BadRequest details;
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload))) return "";
  return details.field_violations().empty() ? "" : details.field_violations(0).field();
}

}  // namespace rubricator
