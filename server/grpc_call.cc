#include "server/grpc_call.h"

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>

#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/grpc_status.h"
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

// "ipv4" of "ipv4:127.0.0.1:43210".
std::string PeerKind(const std::string& peer) { return peer.substr(0, peer.find(':')); }

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

absl::Status NoWorkerFree() {
  return absl::ResourceExhaustedError("the server has no worker free for this call");
}

GrpcCall::GrpcCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
                   grpc::CallbackServerContext& grpc_context, std::function<void()> on_drain)
    : environment_(environment),
      method_(method),
      grpc_context_(grpc_context),
      admitted_(environment.open_calls.Begin(this, std::move(on_drain))) {
  const auto deadline = grpc_context.deadline();
  if (deadline != std::chrono::system_clock::time_point::max()) context_.deadline = deadline;
  context_.cancelled = [&grpc_context] { return grpc_context.IsCancelled(); };
  context_.record = &record_;
}

GrpcCall::~GrpcCall() { environment_.open_calls.End(this); }

absl::Status GrpcCall::Admit() const {
  return admitted_ ? absl::OkStatus() : absl::UnavailableError("the server is draining");
}

bool GrpcCall::Run(size_t request_bytes, std::function<void()> work, bool waits) {
  request_bytes_ += request_bytes;
  if (waits) return environment_.waiting_workers.TryRun(std::move(work));
  if (request_bytes > environment_.inline_bytes) {
    return environment_.workers.TryRun(std::move(work));
  }
  work();
  return true;
}

grpc::Status GrpcCall::Close(const absl::Status& status) {
  const grpc::Status grpc_status = ToGrpcStatus(status);
  const std::string method = absl::StrCat(method_.service()->full_name(), "/", method_.name());
  const std::string peer_kind = PeerKind(grpc_context_.peer());
  environment_.log.Call({.method = method,
                         .code = CodeName(grpc_status.error_code()),
                         .message = grpc_status.error_message(),
                         .peer_kind = peer_kind,
                         .duration = std::chrono::duration_cast<std::chrono::microseconds>(
                             std::chrono::steady_clock::now() - begun_),
                         .request_bytes = request_bytes_,
                         .response_bytes = response_bytes_,
                         .record = record_});
  return grpc_status;
}

}  // namespace rubricator
