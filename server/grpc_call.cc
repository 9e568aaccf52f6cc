#include "server/grpc_call.h"

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>

#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/access/overload.h"
#include "service/request_reading.h"

namespace rubricator {
namespace {

std::string ToString(const grpc::ByteBuffer& bytes) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (!bytes.Dump(&slices).ok()) return text;
  for (const grpc::Slice& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

// The address in "127.0.0.1:43210" and "%5B::1%5D:43210".
std::string WithoutPort(const std::string& host_and_port) {
  std::string host = host_and_port.substr(0, host_and_port.rfind(':'));
  if (host.rfind("%5B", 0) == 0 && host.size() > 6) host = host.substr(3, host.size() - 6);
  return host;
}

}  // namespace

absl::Status ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::ByteBuffer shared(bytes);  // the reader wants its own; the slices are counted, not copied
  grpc::ProtoBufferReader reader(&shared);
  if (reader.status().ok() && message.ParseFromZeroCopyStream(&reader)) return absl::OkStatus();
  return ExplainParseFailure(ToString(bytes), message);
}

absl::Status WriteMessage(const google::protobuf::Message& message, grpc::ByteBuffer& bytes) {
  bool own_buffer = false;
  const grpc::Status status =
      grpc::SerializationTraits<google::protobuf::Message>::Serialize(message, &bytes, &own_buffer);
  if (status.ok()) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("the answer cannot be sent: ", status.error_message()));
}

Caller CallerOf(const grpc::CallbackServerContext& context) {
  Caller caller{.transport = Transport::kGrpc};
  const std::string peer = context.peer();  // "ipv4:127.0.0.1:43210"
  const size_t colon = peer.find(':');
  caller.peer_kind = peer.substr(0, colon);
  if (colon != std::string::npos && caller.peer_kind != "unix") {
    caller.address = WithoutPort(peer.substr(colon + 1));
  }
  const auto authorization = context.client_metadata().find("authorization");
  if (authorization != context.client_metadata().end()) {
    caller.authorization.assign(authorization->second.data(), authorization->second.size());
  }
  return caller;
}

void AddRetryPushback(const absl::Status& status, grpc::CallbackServerContext& context) {
  const auto delay = RetryDelayOf(status);
  if (!delay.has_value()) return;
  context.AddTrailingMetadata("grpc-retry-pushback-ms", absl::StrCat(delay->count()));
}

// Further away is no deadline: gRPC's is then in the infinite future.
constexpr std::chrono::seconds kNoDeadline = std::chrono::hours(24 * 365 * 100);

CallContext ContextOf(const grpc::CallbackServerContext& context) {
  CallContext call;
  // gRPC keeps it by the steady clock; its deadline() is by the other, which somebody may set.
  const gpr_timespec left =
      gpr_time_sub(gpr_convert_clock_type(context.raw_deadline(), GPR_CLOCK_MONOTONIC),
                   gpr_now(GPR_CLOCK_MONOTONIC));
  if (left.tv_sec < kNoDeadline.count()) {
    call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(left.tv_sec) +
                    std::chrono::nanoseconds(left.tv_nsec);
  }
  call.cancelled = [&context] { return context.IsCancelled(); };
  return call;
}

}  // namespace rubricator
