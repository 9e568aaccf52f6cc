// What a unary call and a stream have in common: context, deadline, log line, messages from and to
// bytes.
#ifndef RUBRICATOR_SERVER_GRPC_CALL_H_
#define RUBRICATOR_SERVER_GRPC_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "server/call_environment.h"
#include "service/call_context.h"

namespace rubricator {

// Fills `message` from `bytes`. Errors: those of ExplainParseFailure.
absl::Status ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// Errors: INTERNAL when `message` is too big to be sent.
absl::Status WriteMessage(const google::protobuf::Message& message, grpc::ByteBuffer& bytes);

// One call from its arrival to its log line. Used by one thread at a time.
class GrpcCall {
 public:
  // Borrows all. `on_drain` as OpenCalls has it.
  GrpcCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
           grpc::CallbackServerContext& grpc_context, std::function<void()> on_drain = nullptr);
  // To be destroyed in OnDone().
  ~GrpcCall();
  GrpcCall(const GrpcCall&) = delete;
  GrpcCall& operator=(const GrpcCall&) = delete;

  // OK, or UNAVAILABLE when the server is draining.
  absl::Status Admit() const;
  // For a handler.
  const CallContext& context() const { return context_; }
  // Runs `work` on this thread, or on a worker when the request is long or the method `waits`.
  // False: no worker is free and `work` was dropped.
  bool Run(size_t request_bytes, std::function<void()> work, bool waits = false);
  void CountResponse(size_t bytes) { response_bytes_ += bytes; }
  // Writes the log line and gives the status to finish the call with.
  grpc::Status Close(const absl::Status& status);

 private:
  CallEnvironment& environment_;
  const google::protobuf::MethodDescriptor& method_;
  grpc::CallbackServerContext& grpc_context_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  const bool admitted_;
  CallRecord record_;
  CallContext context_;
  size_t request_bytes_ = 0;
  size_t response_bytes_ = 0;
};

// What a call gets for which there is no worker.
absl::Status NoWorkerFree();

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_GRPC_CALL_H_
