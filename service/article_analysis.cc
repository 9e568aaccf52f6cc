#include "service/article_analysis.h"

#include <string>
#include <utility>
#include <vector>

#include "classifier/status_macros.h"
#include "service/analysis_writer.h"
#include "service/article_reading.h"
#include "service/field_error.h"
#include "service/text_offsets.h"

namespace rubricator {
namespace {

void Note(const Analysis& analysis, CallRecord* record) {
  if (record == nullptr) return;
  record->model_version = analysis.model_version;
  ++record->outcomes[OutcomeName(analysis.outcome)];
  ++record->languages[analysis.language];
  for (const Topic& topic : analysis.topics) {
    TopicTally& tally = record->topics[topic.id];
    ++tally.articles;
    tally.confidence += topic.confidence;
  }
  for (const Region& region : analysis.regions) {
    RegionTally& tally = record->regions[region.code];
    ++(region.role == RegionRole::kFocus ? tally.in_focus : tally.mentioned);
  }
}

}  // namespace

absl::StatusOr<AnalyzedArticle> AnalyzeArticle(const v1::Article* message,
                                               const v1::ClassifyOptions& options,
                                               const Snapshot& snapshot,
                                               const CallContext& context) {
  RETURN_IF_ERROR(context.Check());
  if (context.record != nullptr) ++context.record->articles;
  if (message == nullptr) return FieldError("article", "is missing");
  const Classifier& classifier = snapshot.classifier();
  AnalyzedArticle analyzed;
  ASSIGN_OR_RETURN(const AnalysisOptions analysis_options, ReadOptions(options));
  ASSIGN_OR_RETURN(analyzed.article, ReadArticle(*message, classifier.limits()));
  absl::StatusOr<Analysis> analysis = classifier.Classify(analyzed.article, analysis_options);
  if (!analysis.ok()) return WithFieldDetails(std::move(analysis).status());
  analyzed.analysis = *std::move(analysis);
  Note(analyzed.analysis, context.record);
  return analyzed;
}

absl::Status AnswerArticle(const v1::Article* message, const v1::ClassifyOptions& options,
                           const Snapshot& snapshot, const CallContext& context,
                           v1::Analysis& out) {
  ASSIGN_OR_RETURN(const AnalyzedArticle analyzed,
                   AnalyzeArticle(message, options, snapshot, context));
  const auto& [article, analysis] = analyzed;
  const std::string language = DisplayLanguage(options.display_language(), analysis.language);
  WriteAnalysis(analysis, article, snapshot, language, out);
  ConvertEvidenceOffsets(article.title, article.body, options.offset_encoding(), out);
  const RoutingRules& rules = snapshot.routing();
  for (const DeskAssignment& desk : rules.AssignDesks(analysis, article, context.now)) {
    WriteDesk(desk, rules, language, *out.add_desks());
  }
  return absl::OkStatus();
}

}  // namespace rubricator
