#include "server/correction_stream_call.h"

#include <utility>

#include "classifier/status_macros.h"
#include "server/grpc_call.h"
#include "server/grpc_status.h"

namespace rubricator {

grpc::ServerWriteReactor<grpc::ByteBuffer>* CorrectionStreamCall::Begin(
    CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
    grpc::CallbackServerContext& context, const grpc::ByteBuffer& request) {
  auto* call = new CorrectionStreamCall(environment, method, context);
  const absl::Status status = call->Open(request);
  if (!status.ok()) {
    call->End(status);
  } else {
    call->ReadOn();
  }
  return call;  // gRPC calls OnDone() only after it got this
}

CorrectionStreamCall::CorrectionStreamCall(CallEnvironment& environment,
                                           const google::protobuf::MethodDescriptor& method,
                                           grpc::CallbackServerContext& context)
    : environment_(environment),
      context_(context),
      call_(environment, method, CallerOf(context), ContextOf(context)) {}

absl::Status CorrectionStreamCall::Open(const grpc::ByteBuffer& request) {
  RETURN_IF_ERROR(call_.Admit());
  v1::StreamCorrectionsRequest message;
  RETURN_IF_ERROR(ReadMessage(request, message));
  ASSIGN_OR_RETURN(cursor_, environment_.service.correction().OpenStream(message));
  return absl::OkStatus();
}

void CorrectionStreamCall::ReadOn() {
  if (environment_.open_calls.IsDraining()) {
    return End(absl::UnavailableError("the server is draining; go on after the last id that came"));
  }
  const absl::Status status = call_.Run(
      0,
      [this] {
        absl::StatusOr<std::vector<v1::Correction>> some = cursor_->Next();
        if (!some.ok()) return End(some.status());
        if (some->empty()) return End(absl::OkStatus());
        read_ = *std::move(some);
        written_ = 0;
        WriteNext();
      },
      WaitsFor::kStore);
  if (!status.ok()) End(status);
}

void CorrectionStreamCall::WriteNext() {
  v1::StreamCorrectionsResponse response;
  *response.mutable_correction() = std::move(read_[written_++]);
  response_.Clear();
  const absl::Status status = WriteMessage(response, response_);
  if (!status.ok()) return End(status);
  call_.CountResponse(response_.Length());
  StartWrite(&response_);
}

void CorrectionStreamCall::OnWriteDone(bool ok) {
  if (!ok) return End(absl::CancelledError("the caller went away"));
  const absl::Status waited_for = call_.context().Check();
  if (!waited_for.ok()) return End(waited_for);
  if (written_ < read_.size()) return WriteNext();
  ReadOn();
}

void CorrectionStreamCall::End(const absl::Status& status) {
  call_.Close(status);
  AddRetryPushback(status, context_);
  Finish(ToGrpcStatus(status));
}

}  // namespace rubricator
