// One StreamCorrections call.
#ifndef RUBRICATOR_SERVER_CORRECTION_STREAM_CALL_H_
#define RUBRICATOR_SERVER_CORRECTION_STREAM_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "server/api_call.h"
#include "service/correction_service.h"

namespace rubricator {

// Reads some corrections from the store, writes them one after the other, and reads on when they
// are on the wire: a caller that does not read holds neither a thread nor more than those. When the
// server drains, the stream ends UNAVAILABLE after what was read. Owns itself: gRPC's OnDone() is
// its end.
class CorrectionStreamCall final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  // The references are gRPC's and last until OnDone().
  static grpc::ServerWriteReactor<grpc::ByteBuffer>* Begin(
      CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
      grpc::CallbackServerContext& context, const grpc::ByteBuffer& request);

  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  CorrectionStreamCall(CallEnvironment& environment,
                       const google::protobuf::MethodDescriptor& method,
                       grpc::CallbackServerContext& context);
  ~CorrectionStreamCall() override = default;

  absl::Status Open(const grpc::ByteBuffer& request);
  // The last step of each turn. The call may be gone when one of these returns.
  void ReadOn();
  void WriteNext();
  void End(const absl::Status& status);

  CallEnvironment& environment_;
  grpc::CallbackServerContext& context_;
  std::optional<CorrectionCursor> cursor_;
  std::vector<v1::Correction> read_;
  size_t written_ = 0;  // of `read_`
  grpc::ByteBuffer response_;
  ApiCall call_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_CORRECTION_STREAM_CALL_H_
