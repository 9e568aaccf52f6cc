#include "service/classification_service.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "service/article_analysis.h"
#include "service/article_reading.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

// Whether the status is about the whole call, so that no further article is worth a try.
bool EndsCall(const absl::Status& status) {
  return absl::IsCancelled(status) || absl::IsDeadlineExceeded(status);
}

void WriteError(const absl::Status& status, const CallContext& context,
                v1::ClassifyResult& result) {
  *result.mutable_error() = ToRpcStatus(status);
  if (context.record != nullptr) ++context.record->failed_articles;
}

// Answers an article, and lets the shadow model, if there is one, have a try at it.
absl::Status Answer(const v1::Article* article, const v1::ClassifyOptions& options,
                    const Snapshot& snapshot, const CallContext& context, ShadowModel* shadow,
                    v1::Analysis& analysis) {
  RETURN_IF_ERROR(AnswerArticle(article, options, snapshot, context, analysis));
  if (shadow != nullptr) shadow->Offer(*article, analysis);
  return absl::OkStatus();
}

// Answers one of several articles. Fails only where the whole call ends.
absl::Status AnswerOne(const v1::Article* article, const v1::ClassifyOptions& options,
                       const Snapshot& snapshot, const CallContext& context, ShadowModel* shadow,
                       v1::ClassifyResult& result) {
  if (article != nullptr) result.set_article_id(article->id());
  const absl::Status status =
      Answer(article, options, snapshot, context, shadow, *result.mutable_analysis());
  if (EndsCall(status)) return status;
  if (!status.ok()) WriteError(status, context, result);
  return absl::OkStatus();
}

}  // namespace

absl::Status ClassificationService::ClassifyArticle(const v1::ClassifyArticleRequest& request,
                                                    const CallContext& context,
                                                    v1::ClassifyArticleResponse& response) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  if (context.record != nullptr) context.record->article_id = request.article().id();
  return Answer(request.has_article() ? &request.article() : nullptr, request.options(), *snapshot,
                context, shadow_, *response.mutable_analysis());
}

absl::Status ClassificationService::BatchClassifyArticles(
    const v1::BatchClassifyArticlesRequest& request, const CallContext& context,
    v1::BatchClassifyArticlesResponse& response) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  const auto count = static_cast<size_t>(request.articles_size());
  if (count < 1 || count > kMaxBatchArticles) {
    return FieldError("articles",
                      absl::StrCat("has ", count, " articles; range is 1 to ", kMaxBatchArticles));
  }
  RETURN_IF_ERROR(ReadOptions(request.options()).status());
  response.mutable_results()->Reserve(request.articles_size());
  for (const v1::Article& article : request.articles()) {
    RETURN_IF_ERROR(AnswerOne(&article, request.options(), *snapshot, context, shadow_,
                              *response.add_results()));
  }
  return absl::OkStatus();
}

absl::Status ArticleStream::Next(const v1::StreamClassifyArticlesRequest& request,
                                 const CallContext& context,
                                 v1::StreamClassifyArticlesResponse& response) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  if (request.has_options()) options_ = request.options();
  return AnswerOne(request.has_article() ? &request.article() : nullptr, options_, *snapshot,
                   context, shadow_, *response.mutable_result());
}

void ArticleStream::Refuse(const absl::Status& why, const CallContext& context,
                           v1::StreamClassifyArticlesResponse& response) {
  if (context.record != nullptr) ++context.record->articles;
  WriteError(why, context, *response.mutable_result());
}

}  // namespace rubricator
