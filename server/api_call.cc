#include "server/api_call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "google/protobuf/arena.h"
#include "server/access/overload.h"

namespace rubricator {
namespace {

// The calls that workers answer take milliseconds, up to a second for the longest batches.
constexpr std::chrono::milliseconds kWorkerIsFreeAfter{250};

// The pool and its name in the metrics.
std::pair<const char*, WorkerPool&> PoolFor(WaitsFor waits, const CallEnvironment& environment) {
  switch (waits) {
    case WaitsFor::kStore:
      return {"store_workers", environment.store_workers};
    case WaitsFor::kModels:
      return {"models_workers", environment.models_workers};
    default:
      return {"workers", environment.workers};
  }
}

}  // namespace

ApiCall::ApiCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
                 Caller caller, CallContext context, std::function<void()> on_drain)
    : environment_(environment),
      method_(method),
      caller_(std::move(caller)),
      context_(std::move(context)),
      before_drain_(environment.open_calls.Begin(this, std::move(on_drain))) {
  context_.record = &uncounted_;
}

ApiCall::~ApiCall() { environment_.open_calls.End(this); }

absl::Status ApiCall::Admit() {
  if (!before_drain_) return absl::UnavailableError("the server is draining");
  absl::StatusOr<Admitted> admitted =
      environment_.access.Admit(caller_.address, caller_.authorization, method_);
  if (absl::IsResourceExhausted(admitted.status())) environment_.metrics.CountShed("admission");
  RETURN_IF_ERROR(admitted.status());
  admitted_.emplace(*std::move(admitted));
  return absl::OkStatus();
}

absl::Status ApiCall::Run(size_t request_bytes, std::function<void()> work, WaitsFor waits) {
  request_bytes_ += request_bytes;
  if (waits == WaitsFor::kNothing && request_bytes <= environment_.inline_bytes) {
    work();
    return absl::OkStatus();
  }
  const auto [pool, workers] = PoolFor(waits, environment_);
  if (workers.TryRun(std::move(work))) return absl::OkStatus();
  environment_.metrics.CountShed(pool);
  return Overloaded("the server has no worker free for this call", kWorkerIsFreeAfter);
}

absl::Status ApiCall::Answer(
    const UnaryMethod* method,
    const std::function<absl::Status(google::protobuf::Message& request)>& read,
    const std::function<absl::Status(const google::protobuf::Message& response)>& write) const {
  if (method == nullptr) return absl::UnimplementedError("the server has no such method");
  RETURN_IF_ERROR(context_.Check());
  google::protobuf::Arena arena;
  google::protobuf::Message& request = *method->RequestPrototype().New(&arena);
  google::protobuf::Message& response = *method->ResponsePrototype().New(&arena);
  RETURN_IF_ERROR(read(request));
  RETURN_IF_ERROR(method->call(request, context_, response));
  return write(response);
}

void ApiCall::CountArticles() {
  environment_.metrics.CountRecord(uncounted_, std::chrono::system_clock::now());
  record_.Add(uncounted_);
  uncounted_ = {};
}

void ApiCall::Close(const absl::Status& status) {
  CountArticles();
  const auto duration = std::chrono::steady_clock::now() - begun_;
  environment_.metrics.CountCall(method_, caller_.transport, status.code(), duration);
  const std::string method = absl::StrCat(method_.service()->full_name(), "/", method_.name());
  const std::string code = absl::StatusCodeToString(status.code());
  const std::string_view message(status.message().data(), status.message().size());
  environment_.log.Call(
      {.method = method,
       .code = code,
       .message = message,
       .transport = TransportName(caller_.transport),
       .peer_kind = caller_.peer_kind,
       .token_name = admitted_.has_value() ? admitted_->token_name : "",
       .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
       .request_bytes = request_bytes_,
       .response_bytes = response_bytes_,
       .record = record_});
}

}  // namespace rubricator
