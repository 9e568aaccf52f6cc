// One unary call: bytes in, the method's handler, bytes out.
#ifndef RUBRICATOR_SERVER_UNARY_CALL_H_
#define RUBRICATOR_SERVER_UNARY_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "server/api_call.h"

namespace rubricator {

// Owns itself: gRPC's OnDone() is its end.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  // Begins to answer; the references are gRPC's and last until OnDone().
  static grpc::ServerUnaryReactor* Begin(CallEnvironment& environment,
                                         const google::protobuf::MethodDescriptor& method,
                                         grpc::CallbackServerContext& context,
                                         const grpc::ByteBuffer& request,
                                         grpc::ByteBuffer& response);

  void OnDone() override { delete this; }

 private:
  UnaryCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
            grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
            grpc::ByteBuffer& response);
  ~UnaryCall() override = default;

  void Start();
  absl::Status Answer();
  // The call may be gone when this returns.
  void End(const absl::Status& status);

  const UnaryMethod* const method_;  // null: the service has no such handler
  const grpc::ByteBuffer& request_;
  grpc::ByteBuffer& response_;
  grpc::CallbackServerContext& context_;
  ApiCall call_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_UNARY_CALL_H_
