#include "routing/rules_parser.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "routing/condition_parser.h"
#include "routing/desks_parser.h"
#include "routing/parse_context.h"
#include "routing/yaml_field.h"
#include "routing/yaml_tree.h"

namespace rubricator {
namespace {

// {desk, stage, tags}; the caller has checked the keys.
absl::StatusOr<DeskAction> ParseAction(const YamlField& field, const std::vector<Desk>& desks) {
  DeskAction action;
  ASSIGN_OR_RETURN(const YamlField desk, field.Require("desk"));
  ASSIGN_OR_RETURN(action.desk, FindDesk(desk, desks));
  if (const std::optional<YamlField> stage = field.Find("stage"); stage.has_value()) {
    ASSIGN_OR_RETURN(action.stage, stage->Text());
  }
  if (const std::optional<YamlField> tags = field.Find("tags"); tags.has_value()) {
    ASSIGN_OR_RETURN(action.tags, tags->Texts());
  }
  return action;
}

absl::StatusOr<Rule> ParseRule(const YamlField& field, const std::vector<Desk>& desks,
                               ParseContext& context) {
  RETURN_IF_ERROR(field.CheckKeys({"name", "when", "then", "stop"}));
  Rule rule;
  ASSIGN_OR_RETURN(const YamlField name, field.Require("name"));
  ASSIGN_OR_RETURN(rule.name, name.Text());
  if (rule.name == kFallbackRule || rule.name == kLowConfidenceRule) {
    return name.Error(absl::StrCat("'", rule.name, "' is the name of a built-in rule"));
  }
  ASSIGN_OR_RETURN(const YamlField when, field.Require("when"));
  ASSIGN_OR_RETURN(rule.when, ParseConditionBlock(when, context));
  ASSIGN_OR_RETURN(const YamlField then, field.Require("then"));
  RETURN_IF_ERROR(then.CheckKeys({"desk", "stage", "tags"}));
  ASSIGN_OR_RETURN(rule.then, ParseAction(then, desks));
  if (const std::optional<YamlField> stop = field.Find("stop"); stop.has_value()) {
    ASSIGN_OR_RETURN(rule.stop, stop->Boolean());
  }
  return rule;
}

absl::StatusOr<std::vector<Rule>> ParseRules(const YamlField& root, const std::vector<Desk>& desks,
                                             ParseContext& context) {
  std::vector<Rule> rules;
  const std::optional<YamlField> list = root.Find("rules");
  if (!list.has_value()) return rules;
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, list->Items());
  std::set<std::string> names;
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(Rule rule, ParseRule(item, desks, context));
    if (!names.insert(rule.name).second) {
      ASSIGN_OR_RETURN(const YamlField name, item.Require("name"));
      return name.Error(absl::StrCat("a second rule '", rule.name, "'"));
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

absl::StatusOr<RuleTable> ParseRuleTable(std::string_view yaml, std::string_view file_name,
                                         const RoutingVocabulary& vocabulary) {
  ASSIGN_OR_RETURN(const YamlNode tree, ParseYaml(yaml, file_name));
  const YamlField root(tree, file_name);
  RETURN_IF_ERROR(root.CheckKeys({"time_zone", "desks", "rules", "fallback", "low_confidence"}));
  ParseContext context(vocabulary);
  RETURN_IF_ERROR(context.SetDefaultZone(root));
  RuleTable table;
  ASSIGN_OR_RETURN(table.desks, ParseDesks(root, context));
  ASSIGN_OR_RETURN(table.rules, ParseRules(root, table.desks, context));
  ASSIGN_OR_RETURN(const YamlField fallback, root.Require("fallback"));
  RETURN_IF_ERROR(fallback.CheckKeys({"desk", "stage", "tags"}));
  ASSIGN_OR_RETURN(table.fallback, ParseAction(fallback, table.desks));
  ASSIGN_OR_RETURN(const YamlField low_confidence, root.Require("low_confidence"));
  RETURN_IF_ERROR(low_confidence.CheckKeys({"desk", "below", "stage", "tags"}));
  ASSIGN_OR_RETURN(table.low_confidence, ParseAction(low_confidence, table.desks));
  ASSIGN_OR_RETURN(const YamlField below, low_confidence.Require("below"));
  ASSIGN_OR_RETURN(table.low_confidence_below, below.Confidence());
  return table;
}

}  // namespace rubricator
