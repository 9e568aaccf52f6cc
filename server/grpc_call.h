// What a unary call and a stream over gRPC have in common: the caller and the context out of
// gRPC's, messages from and to bytes.
#ifndef RUBRICATOR_SERVER_GRPC_CALL_H_
#define RUBRICATOR_SERVER_GRPC_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "server/api_call.h"
#include "service/call_context.h"

namespace rubricator {

// Fills `message` from `bytes`. Errors: those of ExplainParseFailure.
absl::Status ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// Errors: INTERNAL when `message` is too big to be sent.
absl::Status WriteMessage(const google::protobuf::Message& message, grpc::ByteBuffer& bytes);

Caller CallerOf(const grpc::CallbackServerContext& context);

// Says the delay of an Overloaded() status as gRPC's clients read it.
// https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback
void AddRetryPushback(const absl::Status& status, grpc::CallbackServerContext& context);

// Borrows `context` to ask whether the caller cancelled.
CallContext ContextOf(const grpc::CallbackServerContext& context);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_GRPC_CALL_H_
