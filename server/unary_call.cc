#include "server/unary_call.h"

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "google/protobuf/arena.h"
#include "service/method_table.h"

namespace rubricator {

grpc::ServerUnaryReactor* UnaryCall::Begin(CallEnvironment& environment,
                                           const google::protobuf::MethodDescriptor& method,
                                           grpc::CallbackServerContext& context,
                                           const grpc::ByteBuffer& request,
                                           grpc::ByteBuffer& response) {
  auto* call = new UnaryCall(environment, method, context, request, response);
  call->Start();
  return call;  // gRPC calls OnDone() only after it got this, even if the answer is given
}

UnaryCall::UnaryCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
                     grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
                     grpc::ByteBuffer& response)
    : method_(environment.methods.Find(method.full_name())),
      request_(request),
      response_(response),
      call_(environment, method, context) {}

void UnaryCall::Start() {
  const absl::Status admitted = call_.Admit();
  if (!admitted.ok()) return End(admitted);
  const bool waits = method_ != nullptr && method_->waits;
  if (!call_.Run(
          request_.Length(), [this] { End(Answer()); }, waits)) {
    End(NoWorkerFree());
  }
}

absl::Status UnaryCall::Answer() {
  if (method_ == nullptr) return absl::UnimplementedError("the server has no such method");
  RETURN_IF_ERROR(call_.context().Check());
  google::protobuf::Arena arena;
  google::protobuf::Message& request = *method_->RequestPrototype().New(&arena);
  google::protobuf::Message& response = *method_->ResponsePrototype().New(&arena);
  RETURN_IF_ERROR(ReadMessage(request_, request));
  RETURN_IF_ERROR(method_->call(request, call_.context(), response));
  RETURN_IF_ERROR(WriteMessage(response, response_));
  call_.CountResponse(response_.Length());
  return absl::OkStatus();
}

}  // namespace rubricator
