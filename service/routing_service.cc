#include "service/routing_service.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "service/analysis_writer.h"
#include "service/article_analysis.h"
#include "service/article_reading.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

constexpr char kRulesName[] = "preview.yaml";  // opens the place of an error: "preview.yaml:14: …"

absl::StatusOr<RoutingRules> ParseRules(const std::string& yaml,
                                        const RoutingVocabulary& vocabulary) {
  if (yaml.size() > kMaxRulesBytes) {
    return FieldError("rules_yaml",
                      absl::StrCat("is ", yaml.size(), " bytes; limit is ", kMaxRulesBytes));
  }
  absl::StatusOr<RoutingRules> rules = RoutingRules::Parse(yaml, kRulesName, vocabulary);
  if (rules.ok() || !absl::IsInvalidArgument(rules.status())) return rules;
  return FieldError("rules_yaml", std::string(rules.status().message()));
}

void WriteDecision(const RuleDecision& decision, v1::RuleDecision& out) {
  out.set_rule(decision.rule);
  out.set_desk(decision.desk);
  out.set_matched(decision.matched);
  out.set_reason(decision.reason);
  out.set_failed_conditions(static_cast<uint32_t>(decision.failed_conditions));
  out.set_skipped(decision.skipped);
}

}  // namespace

absl::Status RoutingService::PreviewRouting(const v1::PreviewRoutingRequest& request,
                                            const CallContext& context,
                                            v1::PreviewRoutingResponse& response) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  RETURN_IF_ERROR(CheckLanguageTag("display_language", request.display_language()));
  std::optional<RoutingRules> tried;
  if (!request.rules_yaml().empty()) {
    ASSIGN_OR_RETURN(tried, ParseRules(request.rules_yaml(), snapshot->vocabulary()));
  }
  const RoutingRules& rules = tried.has_value() ? *tried : snapshot->routing();
  if (context.record != nullptr) context.record->article_id = request.article().id();
  ASSIGN_OR_RETURN(const AnalyzedArticle analyzed,
                   AnalyzeArticle(request.has_article() ? &request.article() : nullptr,
                                  v1::ClassifyOptions{}, *snapshot, context));
  const auto& [article, analysis] = analyzed;
  const std::string language = DisplayLanguage(request.display_language(), analysis.language);
  WriteAnalysis(analysis, article, *snapshot, language, *response.mutable_analysis());
  const RoutingDecision decision = rules.Route(analysis, article, context.now);
  for (const DeskAssignment& desk : decision.desks) {
    WriteDesk(desk, rules, language, *response.add_desks());
  }
  *response.mutable_analysis()->mutable_desks() = response.desks();
  for (const RuleDecision& rule : decision.rules) WriteDecision(rule, *response.add_decisions());
  return absl::OkStatus();
}

}  // namespace rubricator
