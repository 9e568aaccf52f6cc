#include "plugin/cpp/capi_objects.h"
#include "plugin/cpp/json_call.h"

namespace {

using rubricator::ToText;
using rubricator::v1::Evidence;

constexpr uint32_t kSmallestStruct = 8;  // struct_size and the field beside it

// Gives `value` to a caller whose struct may be an older, shorter one.
template <typename Struct>
int32_t Fill(Struct value, Struct* out) {
  if (out == nullptr || out->struct_size < kSmallestStruct) return RUBRICATOR_INVALID_ARGUMENT;
  value.struct_size = out->struct_size;
  std::memcpy(out, &value, std::min<size_t>(out->struct_size, sizeof(Struct)));
  return RUBRICATOR_OK;
}

template <typename Repeated>
bool Holds(const Repeated& list, uint64_t index) {
  return index < static_cast<uint64_t>(list.size());
}

const rubricator::v1::Analysis& ValueOf(const rubricator_analysis* analysis) {
  return analysis == nullptr ? rubricator::v1::Analysis::default_instance() : analysis->analysis;
}

int32_t FillEvidence(const google::protobuf::RepeatedPtrField<Evidence>& list, uint64_t index,
                     rubricator_evidence* out) {
  if (!Holds(list, index)) return RUBRICATOR_OUT_OF_RANGE;
  const Evidence& evidence = list[static_cast<int>(index)];
  rubricator_evidence value{};
  value.field = evidence.field();
  value.begin = evidence.begin();
  value.end = evidence.end();
  value.contribution = evidence.contribution();
  value.kind = evidence.kind();
  value.text = ToText(evidence.text());
  return Fill(value, out);
}

}  // namespace

int32_t rubricator_analysis_outcome(const rubricator_analysis* analysis) {
  return ValueOf(analysis).outcome();
}

rubricator_text rubricator_analysis_language(const rubricator_analysis* analysis) {
  return ToText(ValueOf(analysis).language());
}

rubricator_text rubricator_analysis_model_version(const rubricator_analysis* analysis) {
  return ToText(ValueOf(analysis).model_version());
}

rubricator_text rubricator_analysis_article_id(const rubricator_analysis* analysis) {
  return ToText(ValueOf(analysis).article_id());
}

rubricator_text rubricator_analysis_json(const rubricator_analysis* analysis) {
  if (analysis == nullptr) return {"", 0};
  try {
    std::call_once(analysis->json_once,
                   [&] { analysis->json = rubricator::ToJson(analysis->analysis); });
  } catch (...) {
    return {"", 0};  // out of memory; the next call tries again
  }
  return ToText(analysis->json);
}

uint64_t rubricator_analysis_topic_count(const rubricator_analysis* analysis) {
  return ValueOf(analysis).topics_size();
}

uint64_t rubricator_analysis_region_count(const rubricator_analysis* analysis) {
  return ValueOf(analysis).regions_size();
}

uint64_t rubricator_analysis_desk_count(const rubricator_analysis* analysis) {
  return ValueOf(analysis).desks_size();
}

int32_t rubricator_analysis_topic(const rubricator_analysis* analysis, uint64_t index,
                                  rubricator_topic* out) {
  const auto& topics = ValueOf(analysis).topics();
  if (!Holds(topics, index)) return RUBRICATOR_OUT_OF_RANGE;
  const rubricator::v1::Topic& topic = topics[static_cast<int>(index)];
  rubricator_topic value{};
  value.evidence_count = topic.evidence_size();
  value.confidence = topic.confidence();
  value.id = ToText(topic.id());
  value.display_name = ToText(topic.display_name());
  value.media_topic =
      topic.media_topics().empty() ? rubricator_text{"", 0} : ToText(topic.media_topics(0));
  return Fill(value, out);
}

int32_t rubricator_analysis_region(const rubricator_analysis* analysis, uint64_t index,
                                   rubricator_region* out) {
  const auto& regions = ValueOf(analysis).regions();
  if (!Holds(regions, index)) return RUBRICATOR_OUT_OF_RANGE;
  const rubricator::v1::Region& region = regions[static_cast<int>(index)];
  rubricator_region value{};
  value.evidence_count = region.evidence_size();
  value.confidence = region.confidence();
  value.role = region.role();
  value.code = ToText(region.code());
  value.display_name = ToText(region.display_name());
  return Fill(value, out);
}

int32_t rubricator_analysis_desk(const rubricator_analysis* analysis, uint64_t index,
                                 rubricator_desk* out) {
  const auto& desks = ValueOf(analysis).desks();
  if (!Holds(desks, index)) return RUBRICATOR_OUT_OF_RANGE;
  const rubricator::v1::DeskAssignment& desk = desks[static_cast<int>(index)];
  rubricator_desk value{};
  value.id = ToText(desk.desk());
  value.display_name = ToText(desk.display_name());
  value.rule = ToText(desk.rule());
  value.reason = ToText(desk.reason());
  value.stage = ToText(desk.stage());
  return Fill(value, out);
}

int32_t rubricator_analysis_topic_evidence(const rubricator_analysis* analysis, uint64_t topic,
                                           uint64_t index, rubricator_evidence* out) {
  const auto& topics = ValueOf(analysis).topics();
  if (!Holds(topics, topic)) return RUBRICATOR_OUT_OF_RANGE;
  return FillEvidence(topics[static_cast<int>(topic)].evidence(), index, out);
}

int32_t rubricator_analysis_region_evidence(const rubricator_analysis* analysis, uint64_t region,
                                            uint64_t index, rubricator_evidence* out) {
  const auto& regions = ValueOf(analysis).regions();
  if (!Holds(regions, region)) return RUBRICATOR_OUT_OF_RANGE;
  return FillEvidence(regions[static_cast<int>(region)].evidence(), index, out);
}

void rubricator_analysis_free(rubricator_analysis* analysis) { delete analysis; }
