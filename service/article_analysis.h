// One article through one snapshot: read, classified, routed and written as rubricator.v1.Analysis.
#ifndef RUBRICATOR_SERVICE_ARTICLE_ANALYSIS_H_
#define RUBRICATOR_SERVICE_ARTICLE_ANALYSIS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "classifier/analysis.h"
#include "classifier/article.h"
#include "rubricator/v1/analysis.pb.h"
#include "rubricator/v1/article.pb.h"
#include "rubricator/v1/classification_service.pb.h"
#include "service/call_context.h"
#include "service/snapshot.h"

namespace rubricator {

// An article and what was found in it.
struct AnalyzedArticle {
  Article article;
  Analysis analysis;
};

// Classifies `message` (null: missing). Notes the outcome in the context's record. Errors:
// INVALID_ARGUMENT with the field as BadRequest ("article.body"); CANCELLED and DEADLINE_EXCEEDED
// when nobody waits any more.
absl::StatusOr<AnalyzedArticle> AnalyzeArticle(const v1::Article* message,
                                               const v1::ClassifyOptions& options,
                                               const Snapshot& snapshot,
                                               const CallContext& context);

// Classifies and routes `message` and writes the whole answer. Errors: as AnalyzeArticle.
absl::Status AnswerArticle(const v1::Article* message, const v1::ClassifyOptions& options,
                           const Snapshot& snapshot, const CallContext& context, v1::Analysis& out);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_ARTICLE_ANALYSIS_H_
