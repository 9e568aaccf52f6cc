// The C++ client: one set of calls, answered by a server or inside this process.
#ifndef RUBRICATOR_PLUGIN_CPP_CLIENT_H_
#define RUBRICATOR_PLUGIN_CPP_CLIENT_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "plugin/cpp/backend.h"
#include "plugin/cpp/client_options.h"
#include "rubricator/v1/classification_service.pb.h"
#include "rubricator/v1/correction_service.pb.h"
#include "rubricator/v1/model_service.pb.h"
#include "rubricator/v1/routing_service.pb.h"

namespace rubricator {

// Fills the next article and returns true, or returns false at the end.
using ArticleSource = std::function<bool(v1::Article& article)>;
// Takes the result of the oldest unanswered article; false ends the stream early.
using ResultSink = std::function<bool(v1::ClassifyResult& result)>;

// Thread-safe: any number of calls at once on one client.
//
// Every call has a deadline, and none waits for a server that is not there. A call that ends in
// UNAVAILABLE is tried again up to `max_attempts` times within its deadline. Text that is not UTF-8
// is refused before it is sent: INVALID_ARGUMENT naming the field. Other errors are the method's
// own, from proto/; a google.rpc.BadRequest is a payload (FieldOf() in status_conversion.h reads
// it).
//
// Fork: a remote client connects at its first call. Open it before forking and call it after; once
// it has connected, a forked child gets FAILED_PRECONDITION.
class Client {
 public:
  // `target`: see ParseTarget() in target.h. A remote one is not connected to yet. Errors:
  // INVALID_ARGUMENT for a target or an option out of range; NOT_FOUND a TLS file is missing;
  // FAILED_PRECONDITION a token without TLS; for an embedded one also those of Classifier::Load and
  // of the routing file.
  static absl::StatusOr<std::unique_ptr<Client>> Open(std::string_view target,
                                                      ClientOptions options = {});
  ~Client();

  absl::StatusOr<v1::ClassifyArticleResponse> ClassifyArticle(
      const v1::ClassifyArticleRequest& request, const CallOptions& options = {}) const;
  // An article that is not UTF-8 fails alone, like any other bad one. Default deadline: `timeout`
  // and `timeout_per_batch_article` for each article.
  absl::StatusOr<v1::BatchClassifyArticlesResponse> BatchClassifyArticles(
      const v1::BatchClassifyArticlesRequest& request, const CallOptions& options = {}) const;
  absl::StatusOr<v1::PreviewRoutingResponse> PreviewRouting(
      const v1::PreviewRoutingRequest& request, const CallOptions& options = {}) const;
  absl::StatusOr<v1::GetModelResponse> GetModel(const v1::GetModelRequest& request,
                                                const CallOptions& options = {}) const;
  absl::StatusOr<v1::ListModelsResponse> ListModels(const v1::ListModelsRequest& request,
                                                    const CallOptions& options = {}) const;
  absl::StatusOr<v1::ActivateModelResponse> ActivateModel(const v1::ActivateModelRequest& request,
                                                          const CallOptions& options = {}) const;
  absl::StatusOr<v1::RecordCorrectionResponse> RecordCorrection(
      const v1::RecordCorrectionRequest& request, const CallOptions& options = {}) const;
  absl::StatusOr<v1::ListCorrectionsResponse> ListCorrections(
      const v1::ListCorrectionsRequest& request, const CallOptions& options = {}) const;

  // Classifies articles as `next` gives them, at most `stream_window` under way at once, so that
  // any number of them takes the same memory. `deliver` gets one result for each, in order. `next`
  // is called on this thread, `deliver` on this or another, one call at a time. When the server
  // goes away, the unanswered articles are sent again (at most `max_attempts` tries without an
  // answer between them), then to the fallback target. Errors: CANCELLED when `deliver` said false;
  // DEADLINE_EXCEEDED when no answer came within `idle_timeout`; INTERNAL when the server left
  // articles unanswered. A bad article is an error in its own result.
  absl::Status ClassifyStream(const ArticleSource& next, const ResultSink& deliver,
                              const v1::ClassifyOptions& options) const;

  // Any unary method of the API, by its descriptor. `request` and `response` must be of its types.
  absl::Status Call(const google::protobuf::MethodDescriptor& method,
                    const google::protobuf::Message& request, google::protobuf::Message& response,
                    const CallOptions& options = {}) const;

 private:
  Client(ClientOptions options, std::unique_ptr<const Backend> backend,
         std::unique_ptr<const Backend> fallback);

  std::chrono::milliseconds TimeoutOf(const google::protobuf::Message& request,
                                      const CallOptions& options) const;

  ClientOptions options_;
  std::unique_ptr<const Backend> backend_;
  std::unique_ptr<const Backend> fallback_;  // null: none
};

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_CLIENT_H_
