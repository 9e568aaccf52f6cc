#include "server/unary_call.h"

#include "server/grpc_call.h"
#include "server/grpc_status.h"
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
      context_(context),
      call_(environment, method, CallerOf(context), ContextOf(context)) {}

void UnaryCall::Start() {
  absl::Status status = call_.Admit();
  const WaitsFor waits = method_ == nullptr ? WaitsFor::kNothing : method_->waits;
  if (status.ok()) {
    status = call_.Run(
        request_.Length(), [this] { End(Answer()); }, waits);
  }
  if (!status.ok()) End(status);
}

absl::Status UnaryCall::Answer() {
  return call_.Answer(
      method_,
      [this](google::protobuf::Message& request) { return ReadMessage(request_, request); },
      [this](const google::protobuf::Message& response) {
        const absl::Status status = WriteMessage(response, response_);
        call_.CountResponse(response_.Length());
        return status;
      });
}

void UnaryCall::End(const absl::Status& status) {
  call_.Close(status);
  AddRetryPushback(status, context_);
  Finish(ToGrpcStatus(status));
}

}  // namespace rubricator
