#include "service/analysis_writer.h"

#include <algorithm>

#include "classifier/language_detector.h"
#include "classifier/plain_text.h"
#include "service/utf8_prefix.h"

namespace rubricator {
namespace {

constexpr std::string_view kOutcomePrefix = "OUTCOME_";

v1::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kClassified:
      return v1::OUTCOME_CLASSIFIED;
    case Outcome::kNoTopic:
      return v1::OUTCOME_NO_TOPIC;
    case Outcome::kInsufficientText:
      return v1::OUTCOME_INSUFFICIENT_TEXT;
    case Outcome::kUnsupportedLanguage:
      return v1::OUTCOME_UNSUPPORTED_LANGUAGE;
  }
  return v1::OUTCOME_UNSPECIFIED;
}

v1::EvidenceKind ToProto(EvidenceKind kind) {
  switch (kind) {
    case EvidenceKind::kWord:
      return v1::EVIDENCE_KIND_WORD;
    case EvidenceKind::kCountryName:
      return v1::EVIDENCE_KIND_COUNTRY_NAME;
    case EvidenceKind::kAdjective:
      return v1::EVIDENCE_KIND_ADJECTIVE;
    case EvidenceKind::kDemonym:
      return v1::EVIDENCE_KIND_DEMONYM;
    case EvidenceKind::kCity:
      return v1::EVIDENCE_KIND_CITY;
    case EvidenceKind::kInstitution:
      return v1::EVIDENCE_KIND_INSTITUTION;
  }
  return v1::EVIDENCE_KIND_UNSPECIFIED;
}

// The words of a span as a reader sees them.
std::string AsRead(std::string_view span, TextFormat format) {
  const bool marked_up =
      format == TextFormat::kHtml && span.find_first_of("<&") != std::string_view::npos;
  if (marked_up) {
    const absl::StatusOr<PlainText> plain = PlainText::FromHtml(span);
    if (plain.ok()) return std::string(Utf8Prefix(plain->text(), kMaxEvidenceTextBytes));
  }
  return std::string(Utf8Prefix(span, kMaxEvidenceTextBytes));
}

void WriteEvidence(const std::vector<Evidence>& all, const Article& article,
                   google::protobuf::RepeatedPtrField<v1::Evidence>& out) {
  out.Reserve(static_cast<int>(all.size()));
  for (const Evidence& evidence : all) {
    const bool in_title = evidence.field == ArticleField::kTitle;
    const std::string_view text = in_title ? article.title : article.body;
    const size_t begin = std::min(evidence.begin, text.size());
    const size_t end = std::clamp(evidence.end, begin, text.size());
    v1::Evidence& written = *out.Add();
    written.set_field(in_title ? v1::ARTICLE_FIELD_TITLE : v1::ARTICLE_FIELD_BODY);
    written.set_begin(static_cast<uint32_t>(begin));
    written.set_end(static_cast<uint32_t>(end));
    written.set_text(AsRead(text.substr(begin, end - begin), article.format));
    written.set_contribution(evidence.contribution);
    written.set_kind(ToProto(evidence.kind));
  }
}

const TopicLabel* FindLabel(const ModelManifest& manifest, const std::string& id) {
  const auto label = std::find_if(manifest.topics.begin(), manifest.topics.end(),
                                  [&](const TopicLabel& candidate) { return candidate.id == id; });
  return label == manifest.topics.end() ? nullptr : &*label;
}

std::string TopicName(const TopicLabel& label, std::string_view language) {
  auto name = label.names.find(std::string(language));
  if (name == label.names.end()) name = label.names.find("en");
  return name == label.names.end() ? label.id : name->second;
}

void WriteTopic(const Topic& topic, const Article& article, const ModelManifest& manifest,
                std::string_view language, v1::Topic& out) {
  out.set_id(topic.id);
  if (const TopicLabel* label = FindLabel(manifest, topic.id); label != nullptr) {
    out.mutable_media_topics()->Assign(label->media_topics.begin(), label->media_topics.end());
    out.set_display_name(TopicName(*label, language));
  }
  out.set_confidence(topic.confidence);
  WriteEvidence(topic.evidence, article, *out.mutable_evidence());
  out.set_logit(topic.logit);
  out.set_other_contribution(topic.other_contribution);
}

void WriteRegion(const Region& region, const Article& article, const RegionTaxonomy& taxonomy,
                 std::string_view language, v1::Region& out) {
  out.set_code(region.code);
  out.set_display_name(std::string(taxonomy.DisplayName(region.code, language)));
  out.set_role(region.role == RegionRole::kFocus ? v1::REGION_ROLE_FOCUS
                                                 : v1::REGION_ROLE_MENTIONED);
  out.set_confidence(region.confidence);
  out.mutable_areas()->Assign(region.areas.begin(), region.areas.end());
  out.mutable_groups()->Assign(region.groups.begin(), region.groups.end());
  WriteEvidence(region.evidence, article, *out.mutable_evidence());
}

}  // namespace

std::string DisplayLanguage(std::string_view asked, std::string_view article_language) {
  const std::string tag = asked.empty() ? std::string(article_language) : PrimaryLanguageTag(asked);
  return tag == "ru" ? "ru" : "en";
}

void WriteAnalysis(const Analysis& analysis, const Article& article, const Snapshot& snapshot,
                   std::string_view display_language, v1::Analysis& out) {
  out.set_article_id(article.id);
  out.set_outcome(ToProto(analysis.outcome));
  out.set_language(analysis.language);
  const Classifier& classifier = snapshot.classifier();
  for (const Topic& topic : analysis.topics) {
    WriteTopic(topic, article, classifier.manifest(), display_language, *out.add_topics());
  }
  for (const Region& region : analysis.regions) {
    WriteRegion(region, article, classifier.region_taxonomy(), display_language,
                *out.add_regions());
  }
  out.set_model_version(analysis.model_version);
}

void WriteDesk(const DeskAssignment& assignment, const RoutingRules& rules,
               std::string_view display_language, v1::DeskAssignment& out) {
  out.set_desk(assignment.desk);
  out.set_display_name(rules.DeskName(assignment.desk, display_language));
  out.set_rule(assignment.rule);
  out.set_reason(assignment.reason);
  out.set_stage(assignment.stage);
  out.mutable_tags()->Assign(assignment.tags.begin(), assignment.tags.end());
}

std::string OutcomeName(Outcome outcome) {
  return v1::Outcome_Name(ToProto(outcome)).substr(kOutcomePrefix.size());
}

}  // namespace rubricator
