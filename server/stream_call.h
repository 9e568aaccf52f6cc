// One StreamClassifyArticles call.
#ifndef RUBRICATOR_SERVER_STREAM_CALL_H_
#define RUBRICATOR_SERVER_STREAM_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <mutex>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "server/api_call.h"
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
  void OnDone() override;

 private:
  enum class State { kReading, kAnswering, kEnded };

  StreamCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
             grpc::CallbackServerContext& context);
  ~StreamCall() override = default;

  void Answer();
  void Refuse(const absl::Status& why);
  void OnDrain();
  void Close(const absl::Status& status);
  // The last step of each turn. The call may be gone when one of these returns.
  void ReadNext();
  void Write(const v1::StreamClassifyArticlesResponse& response);
  void End(const absl::Status& status);

  // Held when a turn begins and when it hands over to gRPC, which runs one turn at a time;
  // OnDrain() comes from outside of that.
  std::mutex mutex_;
  grpc::CallbackServerContext& context_;
  State state_ = State::kReading;
  bool draining_ = false;
  ArticleStream articles_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  ApiCall call_;  // last, so that it goes first: see OnDrain()
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_STREAM_CALL_H_
