#include "plugin/cpp/client.h"

#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/code_point.h"
#include "classifier/status_macros.h"
#include "plugin/cpp/embedded_backend.h"
#include "plugin/cpp/remote_backend.h"
#include "plugin/cpp/stream_ledger.h"
#include "plugin/cpp/target.h"
#include "service/field_error.h"
#include "service/request_reading.h"

namespace rubricator {
namespace {

constexpr int kMostAttempts = 5;  // gRPC ignores more; its service_config.md
constexpr size_t kWidestWindow = 10'000;
constexpr std::chrono::milliseconds kStreamBackoff{100};

absl::Status CheckOptions(const ClientOptions& options) {
  if (options.timeout.count() <= 0 || options.idle_timeout.count() <= 0 ||
      options.timeout_per_batch_article.count() < 0) {
    return absl::InvalidArgumentError("a timeout must be over 0 ms");
  }
  if (options.max_attempts < 1 || options.max_attempts > kMostAttempts) {
    return absl::InvalidArgumentError(absl::StrCat("max_attempts is ", options.max_attempts,
                                                   "; 1 to ", kMostAttempts, " are possible"));
  }
  if (options.stream_window < 1 || options.stream_window > kWidestWindow) {
    return absl::InvalidArgumentError(absl::StrCat("stream_window is ", options.stream_window,
                                                   "; 1 to ", kWidestWindow, " are possible"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<const Backend>> OpenBackend(std::string_view text,
                                                           const ClientOptions& options) {
  ASSIGN_OR_RETURN(const Target target, ParseTarget(text));
  if (target.kind == Target::Kind::kEmbedded) {
    return EmbeddedBackend::Load(
        target.bundle, target.routing_file.empty() ? options.routing_file : target.routing_file);
  }
  return RemoteBackend::Create(target, options);
}

// Whether another target may answer in place of one that did not.
bool MeansUnreachable(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

// Whether the method only reads the article, so that its answer is as good from another target.
bool IsStateless(const google::protobuf::MethodDescriptor& method) {
  return method.file() == v1::ClassifyArticleRequest::descriptor()->file() ||
         method.file() == v1::PreviewRoutingRequest::descriptor()->file();
}

// A request message lies in the file of its service, so the descriptor is found without a table.
template <typename Response, typename Request>
absl::StatusOr<Response> CallNamed(const Client& client, const char* service, const char* method,
                                   const Request& request, const CallOptions& options) {
  const google::protobuf::MethodDescriptor* descriptor =
      Request::descriptor()->file()->FindServiceByName(service)->FindMethodByName(method);
  Response response;
  RETURN_IF_ERROR(client.Call(*descriptor, request, response, options));
  return response;
}

}  // namespace

Client::Client(ClientOptions options, std::unique_ptr<const Backend> backend,
               std::unique_ptr<const Backend> fallback)
    : options_(std::move(options)), backend_(std::move(backend)), fallback_(std::move(fallback)) {}

Client::~Client() = default;

absl::StatusOr<std::unique_ptr<Client>> Client::Open(std::string_view target,
                                                     ClientOptions options) {
  RETURN_IF_ERROR(CheckOptions(options));
  ASSIGN_OR_RETURN(auto backend, OpenBackend(target, options));
  std::unique_ptr<const Backend> fallback;
  if (!options.fallback_target.empty()) {
    ASSIGN_OR_RETURN(fallback, OpenBackend(options.fallback_target, options));
  }
  return std::unique_ptr<Client>(
      new Client(std::move(options), std::move(backend), std::move(fallback)));
}

absl::StatusOr<v1::ClassifyArticleResponse> Client::ClassifyArticle(
    const v1::ClassifyArticleRequest& request, const CallOptions& options) const {
  return CallNamed<v1::ClassifyArticleResponse>(*this, "ClassificationService", "ClassifyArticle",
                                                request, options);
}

absl::StatusOr<v1::BatchClassifyArticlesResponse> Client::BatchClassifyArticles(
    const v1::BatchClassifyArticlesRequest& request, const CallOptions& options) const {
  std::vector<absl::Status> refusals(request.articles_size());
  v1::BatchClassifyArticlesRequest sendable = request;
  for (int i = 0; i < request.articles_size(); ++i) {
    v1::StreamClassifyArticlesRequest single;  // names the field "article.…" as a lone call would
    *single.mutable_article() = request.articles(i);
    refusals[i] = CheckUtf8(single);
    if (!refusals[i].ok()) sendable.mutable_articles(i)->Clear();
  }
  ASSIGN_OR_RETURN(auto response, (CallNamed<v1::BatchClassifyArticlesResponse>(
                                      *this, "ClassificationService", "BatchClassifyArticles",
                                      sendable, options)));
  for (int i = 0; i < response.results_size() && i < request.articles_size(); ++i) {
    if (refusals[i].ok()) continue;
    v1::ClassifyResult& result = *response.mutable_results(i);
    *result.mutable_error() = ToRpcStatus(refusals[i]);
    if (IsValidUtf8(request.articles(i).id())) result.set_article_id(request.articles(i).id());
  }
  return response;
}

absl::StatusOr<v1::PreviewRoutingResponse> Client::PreviewRouting(
    const v1::PreviewRoutingRequest& request, const CallOptions& options) const {
  return CallNamed<v1::PreviewRoutingResponse>(*this, "RoutingService", "PreviewRouting", request,
                                               options);
}

absl::StatusOr<v1::GetModelResponse> Client::GetModel(const v1::GetModelRequest& request,
                                                      const CallOptions& options) const {
  return CallNamed<v1::GetModelResponse>(*this, "ModelService", "GetModel", request, options);
}

absl::StatusOr<v1::ListModelsResponse> Client::ListModels(const v1::ListModelsRequest& request,
                                                          const CallOptions& options) const {
  return CallNamed<v1::ListModelsResponse>(*this, "ModelService", "ListModels", request, options);
}

absl::StatusOr<v1::ActivateModelResponse> Client::ActivateModel(
    const v1::ActivateModelRequest& request, const CallOptions& options) const {
  return CallNamed<v1::ActivateModelResponse>(*this, "ModelService", "ActivateModel", request,
                                              options);
}

absl::StatusOr<v1::RecordCorrectionResponse> Client::RecordCorrection(
    const v1::RecordCorrectionRequest& request, const CallOptions& options) const {
  return CallNamed<v1::RecordCorrectionResponse>(*this, "CorrectionService", "RecordCorrection",
                                                 request, options);
}

absl::StatusOr<v1::ListCorrectionsResponse> Client::ListCorrections(
    const v1::ListCorrectionsRequest& request, const CallOptions& options) const {
  return CallNamed<v1::ListCorrectionsResponse>(*this, "CorrectionService", "ListCorrections",
                                                request, options);
}

absl::Status Client::Call(const google::protobuf::MethodDescriptor& method,
                          const google::protobuf::Message& request,
                          google::protobuf::Message& response, const CallOptions& options) const {
  const std::chrono::milliseconds timeout = TimeoutOf(request, options);
  if (timeout.count() <= 0) return absl::InvalidArgumentError("a timeout must be over 0 ms");
  if (method.client_streaming() || method.server_streaming()) {
    return absl::InvalidArgumentError(absl::StrCat(method.full_name(), " is not a unary method"));
  }
  RETURN_IF_ERROR(CheckUtf8(request));
  absl::Status status = backend_->Call(method, request, timeout, response);
  if (fallback_ == nullptr || !MeansUnreachable(status) || !IsStateless(method)) return status;
  response.Clear();
  return fallback_->Call(method, request, timeout, response);
}

std::chrono::milliseconds Client::TimeoutOf(const google::protobuf::Message& request,
                                            const CallOptions& options) const {
  if (options.timeout.has_value()) return *options.timeout;
  if (request.GetDescriptor() != v1::BatchClassifyArticlesRequest::descriptor()) {
    return options_.timeout;
  }
  const auto& batch = static_cast<const v1::BatchClassifyArticlesRequest&>(request);
  return options_.timeout + batch.articles_size() * options_.timeout_per_batch_article;
}

absl::Status Client::ClassifyStream(const ArticleSource& next, const ResultSink& deliver,
                                    const v1::ClassifyOptions& options) const {
  RETURN_IF_ERROR(CheckUtf8(options));
  StreamLedger ledger(next, deliver, options);
  const StreamSource source = [&](auto& request) { return ledger.Take(request); };
  const StreamSink sink = [&](auto& response) { return ledger.Answer(response); };
  const StreamLimits limits{.window = options_.stream_window,
                            .idle_timeout = options_.idle_timeout};
  absl::Status status = backend_->Stream(source, sink, limits);
  size_t answered_before = 0;
  for (int attempt = 1; absl::IsUnavailable(status) && !ledger.stopped(); ++attempt) {
    if (ledger.answered() > answered_before) attempt = 1;
    if (attempt >= options_.max_attempts) break;
    answered_before = ledger.answered();
    std::this_thread::sleep_for(kStreamBackoff * attempt);
    ledger.Rewind();
    status = backend_->Stream(source, sink, limits);
  }
  if (fallback_ != nullptr && MeansUnreachable(status) && !ledger.stopped()) {
    ledger.Rewind();
    status = fallback_->Stream(source, sink, limits);
  }
  if (status.ok() && (ledger.unanswered() > 0 || !ledger.at_end())) {
    return absl::InternalError(absl::StrCat("the server ended the stream after ", ledger.answered(),
                                            " answers, before its articles"));
  }
  return status;
}

}  // namespace rubricator
