#include "server/stream_call.h"

#include "google/protobuf/arena.h"
#include "server/grpc_call.h"
#include "server/grpc_status.h"

namespace rubricator {
namespace {

absl::Status Draining() {
  return absl::UnavailableError(
      "the server is draining; send what is unanswered over another connection");
}

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamCall::Begin(
    CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
    grpc::CallbackServerContext& context) {
  auto* call = new StreamCall(environment, method, context);
  const absl::Status admitted = call->call_.Admit();
  if (admitted.ok()) {
    call->ReadNext();
  } else {
    call->End(admitted);
  }
  return call;  // gRPC calls OnDone() only after it got this
}

StreamCall::StreamCall(CallEnvironment& environment,
                       const google::protobuf::MethodDescriptor& method,
                       grpc::CallbackServerContext& context)
    : context_(context),
      articles_(environment.service.classification().OpenStream()),
      call_(environment, method, CallerOf(context), ContextOf(context), [this] { OnDrain(); }) {}

void StreamCall::ReadNext() {
  {
    const std::lock_guard lock(mutex_);
    if (!draining_) {
      state_ = State::kReading;
      StartRead(&request_);
      return;
    }
  }
  End(Draining());
}

void StreamCall::OnReadDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    if (state_ == State::kEnded) return;
    state_ = State::kAnswering;
  }
  if (!ok) return End(call_.context().Check());
  const absl::Status begun = call_.Run(request_.Length(), [this] { Answer(); });
  if (!begun.ok()) Refuse(begun);
}

void StreamCall::Answer() {
  google::protobuf::Arena arena;
  auto& request =
      *google::protobuf::Arena::CreateMessage<v1::StreamClassifyArticlesRequest>(&arena);
  auto& response =
      *google::protobuf::Arena::CreateMessage<v1::StreamClassifyArticlesResponse>(&arena);
  absl::Status status = ReadMessage(request_, request);
  if (!status.ok()) return Refuse(status);
  status = articles_.Next(request, call_.context(), response);
  if (!status.ok()) return End(status);
  Write(response);
}

void StreamCall::Refuse(const absl::Status& why) {
  v1::StreamClassifyArticlesResponse response;
  ArticleStream::Refuse(why, call_.context(), response);
  Write(response);
}

void StreamCall::Write(const v1::StreamClassifyArticlesResponse& response) {
  response_.Clear();
  const absl::Status status = WriteMessage(response, response_);
  if (!status.ok()) return End(status);
  const std::lock_guard lock(mutex_);
  call_.CountArticles();
  call_.CountResponse(response_.Length());
  StartWrite(&response_);
}

void StreamCall::OnWriteDone(bool ok) {
  if (!ok) return End(absl::CancelledError("the caller went away"));
  ReadNext();
}

// OpenCalls lets no call go before its OnDrain() has returned.
void StreamCall::OnDrain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
  if (state_ != State::kReading) return;
  state_ = State::kEnded;
  Close(Draining());
}

void StreamCall::End(const absl::Status& status) {
  const std::lock_guard lock(mutex_);
  state_ = State::kEnded;
  Close(status);
}

void StreamCall::Close(const absl::Status& status) {
  call_.Close(status);
  AddRetryPushback(status, context_);
  Finish(ToGrpcStatus(status));
}

void StreamCall::OnDone() {
  { const std::lock_guard lock(mutex_); }  // whoever finished has let go of it
  delete this;
}

}  // namespace rubricator
