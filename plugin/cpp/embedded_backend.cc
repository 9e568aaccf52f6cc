#include "plugin/cpp/embedded_backend.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {

absl::StatusOr<std::unique_ptr<EmbeddedBackend>> EmbeddedBackend::Load(
    const std::string& bundle, const std::string& routing_file) {
  ASSIGN_OR_RETURN(
      auto snapshot,
      Snapshot::Load({.model_dir = bundle, .routing_file = routing_file, .limits = {}}));
  std::unique_ptr<EmbeddedBackend> backend(new EmbeddedBackend);
  backend->service_.Activate(std::move(snapshot));
  return backend;
}

absl::Status EmbeddedBackend::Call(const google::protobuf::MethodDescriptor& method,
                                   const google::protobuf::Message& request,
                                   std::chrono::milliseconds timeout,
                                   google::protobuf::Message& response) const {
  const UnaryMethod* handler = service_.methods().Find(method.full_name());
  if (handler == nullptr) {
    return absl::UnimplementedError(absl::StrCat("no method ", method.full_name()));
  }
  CallContext context;
  context.deadline = std::chrono::steady_clock::now() + timeout;
  return handler->call(request, context, response);
}

absl::Status EmbeddedBackend::Stream(const StreamSource& source, const StreamSink& sink,
                                     const StreamLimits& /*limits*/) const {
  ArticleStream stream = service_.classification().OpenStream();
  v1::StreamClassifyArticlesRequest request;
  v1::StreamClassifyArticlesResponse response;
  while (source(request)) {
    response.Clear();
    RETURN_IF_ERROR(stream.Next(request, CallContext{}, response));
    if (!sink(response)) return absl::CancelledError("ended by the caller");
  }
  return absl::OkStatus();
}

}  // namespace rubricator
