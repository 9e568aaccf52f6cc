// One StreamClassifyArticles call.
#ifndef RUBRICATOR_SERVER_STREAM_CALL_H_
#define RUBRICATOR_SERVER_STREAM_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <mutex>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "server/grpc_call.h"
#include "service/classification_service.h"

namespace rubricator {

// Reads the next article only when the answer to the one before is on the wire: answers keep the
// order of the requests, and a caller that does not read is not read from. When the server drains,
// the answer in work is sent and the stream ends UNAVAILABLE. Owns itself: gRPC's OnDone() is its
// end.
class StreamCall final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  // Begins to read; the references are gRPC's and last until OnDone().
  static grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* Begin(
      CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
      grpc::CallbackServerContext& context);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  enum class State { kReading, kAnswering, kEnded };

  StreamCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
             grpc::CallbackServerContext& context);
  ~StreamCall() override = default;

  // Asks for the next article, or ends the stream when the server drains. The call may be gone when
  // this or any of the next four returns.
  void ReadNext();
  void Answer();
  void Refuse(const absl::Status& why);
  void Write(const v1::StreamClassifyArticlesResponse& response);
  void OnDrain();
  void End(const absl::Status& status);

  std::mutex mutex_;  // OnDrain() comes from another thread
  State state_ = State::kReading;
  bool draining_ = false;
  ArticleStream articles_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  GrpcCall call_;  // last, so that it goes first: see OnDrain()
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_STREAM_CALL_H_
