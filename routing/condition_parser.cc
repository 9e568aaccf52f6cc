#include "routing/condition_parser.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "routing/article_condition.h"
#include "routing/nested_condition.h"
#include "routing/region_condition.h"
#include "routing/suggestion.h"
#include "routing/topic_condition.h"

namespace rubricator {
namespace {

struct NamedQuantifier {
  const char* key;
  Quantifier quantifier;
};
constexpr NamedQuantifier kQuantifiers[] = {
    {"any", Quantifier::kAny}, {"all", Quantifier::kAll}, {"none", Quantifier::kNone}};

absl::StatusOr<double> ParseMinConfidence(const YamlField& field) {
  const std::optional<YamlField> minimum = field.Find("min_confidence");
  if (!minimum.has_value()) return 0.0;
  return minimum->Confidence();
}

absl::Status CheckTopic(const YamlField& field, const std::string& id,
                        const RoutingVocabulary& vocabulary) {
  if (vocabulary.topics.contains(id)) return absl::OkStatus();
  const std::vector<std::string_view> known(vocabulary.topics.begin(), vocabulary.topics.end());
  return field.Error(absl::StrCat("unknown topic '", id, "'", DidYouMean(id, known)));
}

// `security`, or `security: 0.7` with a minimum of its own.
absl::StatusOr<WantedTopic> ParseTopic(const YamlField& item, double min_confidence,
                                       const RoutingVocabulary& vocabulary) {
  WantedTopic wanted{.id = "", .min_confidence = min_confidence};
  if (item.node().kind == YamlKind::kMap) {
    ASSIGN_OR_RETURN(const std::vector<YamlField> entries, item.Entries());
    if (entries.size() != 1) return item.Error("must be one topic and its minimum confidence");
    wanted.id = std::string(entries[0].key());
    RETURN_IF_ERROR(CheckTopic(item, wanted.id, vocabulary));
    ASSIGN_OR_RETURN(wanted.min_confidence, entries[0].Confidence());
    return wanted;
  }
  ASSIGN_OR_RETURN(wanted.id, item.Text());
  RETURN_IF_ERROR(CheckTopic(item, wanted.id, vocabulary));
  return wanted;
}

absl::Status ParseTopics(const YamlField& field, ParseContext& context, ConditionBlock& block) {
  RETURN_IF_ERROR(field.CheckKeys({"any", "all", "none", "min_confidence"}));
  ASSIGN_OR_RETURN(const double min_confidence, ParseMinConfidence(field));
  bool is_empty = true;
  for (const NamedQuantifier& named : kQuantifiers) {
    const std::optional<YamlField> list = field.Find(named.key);
    if (!list.has_value()) continue;
    is_empty = false;
    ASSIGN_OR_RETURN(const std::vector<YamlField> items, list->Items());
    std::vector<WantedTopic> wanted;
    std::set<std::string> seen;
    for (const YamlField& item : items) {
      ASSIGN_OR_RETURN(WantedTopic topic, ParseTopic(item, min_confidence, context.vocabulary()));
      if (!seen.insert(topic.id).second) {
        return item.Error(absl::StrCat("'", topic.id, "' stands twice"));
      }
      wanted.push_back(std::move(topic));
    }
    block.Add(std::make_unique<TopicCondition>(named.quantifier, std::move(wanted)));
  }
  return is_empty ? field.Error("needs any, all or none") : absl::OkStatus();
}

absl::StatusOr<WantedRegion> ParseRegion(const YamlField& item, ParseContext& context) {
  const RoutingVocabulary& vocabulary = context.vocabulary();
  ASSIGN_OR_RETURN(const std::string id, item.Text());
  const bool is_area = vocabulary.areas.contains(id);
  if (is_area || vocabulary.countries.contains(id) || vocabulary.groups.contains(id)) {
    return WantedRegion{.id = id, .area_name = is_area ? context.AreaName(id) : ""};
  }
  std::vector<std::string_view> known(vocabulary.groups.begin(), vocabulary.groups.end());
  known.insert(known.end(), vocabulary.countries.begin(), vocabulary.countries.end());
  known.insert(known.end(), vocabulary.areas.begin(), vocabulary.areas.end());
  return item.Error(absl::StrCat("unknown region '", id, "'", DidYouMean(id, known)));
}

absl::StatusOr<std::vector<WantedRegion>> ParseRegionList(const YamlField& list,
                                                          ParseContext& context) {
  RETURN_IF_ERROR(list.Texts().status());  // no region twice
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, list.Items());
  std::vector<WantedRegion> regions;
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(WantedRegion region, ParseRegion(item, context));
    regions.push_back(std::move(region));
  }
  return regions;
}

absl::StatusOr<WantedRole> ParseRole(const YamlField& field) {
  const std::optional<YamlField> role = field.Find("role");
  if (!role.has_value()) return WantedRole::kFocus;
  ASSIGN_OR_RETURN(const std::string text, role->Text());
  if (text == "focus") return WantedRole::kFocus;
  if (text == "mentioned") return WantedRole::kMentioned;
  if (text == "either") return WantedRole::kEither;
  return role->Error(absl::StrCat("'", text, "' is not focus, mentioned or either"));
}

// Shared by the any, all and none of one `regions` block.
absl::StatusOr<RegionFilter> ParseRegionFilter(const YamlField& field, ParseContext& context) {
  RegionFilter filter;
  ASSIGN_OR_RETURN(filter.min_confidence, ParseMinConfidence(field));
  ASSIGN_OR_RETURN(filter.role, ParseRole(field));
  if (const std::optional<YamlField> except = field.Find("except"); except.has_value()) {
    ASSIGN_OR_RETURN(const std::vector<WantedRegion> regions, ParseRegionList(*except, context));
    for (const WantedRegion& region : regions) filter.except.push_back(region.id);
  }
  return filter;
}

absl::Status ParseRegions(const YamlField& field, ParseContext& context, ConditionBlock& block) {
  RETURN_IF_ERROR(field.CheckKeys({"any", "all", "none", "except", "role", "min_confidence"}));
  ASSIGN_OR_RETURN(const RegionFilter filter, ParseRegionFilter(field, context));
  bool is_empty = true;
  for (const NamedQuantifier& named : kQuantifiers) {
    const std::optional<YamlField> list = field.Find(named.key);
    if (!list.has_value()) continue;
    is_empty = false;
    ASSIGN_OR_RETURN(std::vector<WantedRegion> wanted, ParseRegionList(*list, context));
    block.Add(std::make_unique<RegionCondition>(named.quantifier, std::move(wanted), filter));
  }
  return is_empty ? field.Error("needs any, all or none") : absl::OkStatus();
}

bool IsLanguageTag(const std::string& text) {
  return text.size() >= 2 && text.size() <= 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

absl::Status ParseLanguages(const YamlField& field, ConditionBlock& block) {
  ASSIGN_OR_RETURN(std::vector<std::string> languages, field.Texts());
  for (const std::string& language : languages) {
    if (!IsLanguageTag(language)) {
      return field.Error(
          absl::StrCat("'", language, "' is not a primary language tag such as ru, en or und"));
    }
  }
  block.Add(std::make_unique<LanguageCondition>(std::move(languages)));
  return absl::OkStatus();
}

absl::StatusOr<ConditionBlock> ParseBlock(const YamlField& field, ParseContext& context,
                                          size_t depth);

absl::Status ParseAnyOf(const YamlField& field, ParseContext& context, size_t depth,
                        ConditionBlock& block) {
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, field.Items());
  std::vector<ConditionBlock> blocks;
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(ConditionBlock inner, ParseBlock(item, context, depth + 1));
    blocks.push_back(std::move(inner));
  }
  block.Add(std::make_unique<AnyOfCondition>(std::move(blocks)));
  return absl::OkStatus();
}

absl::Status ParseCondition(const YamlField& field, ParseContext& context, size_t depth,
                            ConditionBlock& block) {
  const std::string_view kind = field.key();
  if (kind == "topics") return ParseTopics(field, context, block);
  if (kind == "regions") return ParseRegions(field, context, block);
  if (kind == "languages") return ParseLanguages(field, block);
  if (kind == "any_of") return ParseAnyOf(field, context, depth, block);
  if (kind == "not") {
    ASSIGN_OR_RETURN(ConditionBlock inner, ParseBlock(field, context, depth + 1));
    block.Add(std::make_unique<NotCondition>(std::move(inner)));
  } else if (kind == "sources") {
    ASSIGN_OR_RETURN(std::vector<std::string> sources, field.Texts());
    block.Add(std::make_unique<SourceCondition>(std::move(sources)));
  } else if (kind == "time") {
    ASSIGN_OR_RETURN(WeeklyHours hours, context.ParseHours(field));
    block.Add(std::make_unique<TimeCondition>(std::move(hours)));
  }
  return absl::OkStatus();
}

absl::StatusOr<ConditionBlock> ParseBlock(const YamlField& field, ParseContext& context,
                                          size_t depth) {
  if (depth > kMaxBlockDepth) {
    return field.Error(absl::StrCat("conditions nest deeper than ", kMaxBlockDepth));
  }
  RETURN_IF_ERROR(
      field.CheckKeys({"topics", "regions", "languages", "sources", "time", "any_of", "not"}));
  ASSIGN_OR_RETURN(const std::vector<YamlField> entries, field.Entries());
  ConditionBlock block;
  for (const YamlField& entry : entries) {
    RETURN_IF_ERROR(ParseCondition(entry, context, depth, block));
  }
  return block;
}

}  // namespace

absl::StatusOr<ConditionBlock> ParseConditionBlock(const YamlField& field, ParseContext& context) {
  return ParseBlock(field, context, /*depth=*/1);
}

}  // namespace rubricator
