#include "service/text_offsets.h"

#include <algorithm>

namespace rubricator {
namespace {

// Code units that the code point beginning with this byte takes; 0 for a byte that begins none.
uint32_t UnitsBegunBy(char c, v1::OffsetEncoding encoding) {
  const auto byte = static_cast<unsigned char>(c);
  if ((byte & 0xC0) == 0x80) return 0;
  return encoding == v1::OFFSET_ENCODING_UTF16 && byte >= 0xF0 ? 2 : 1;
}

void Collect(v1::ArticleField field, google::protobuf::RepeatedPtrField<v1::Evidence>& from,
             std::vector<v1::Evidence*>& out) {
  for (v1::Evidence& evidence : from) {
    if (evidence.field() == field) out.push_back(&evidence);
  }
}

void ConvertField(std::string_view text, v1::ArticleField field, v1::OffsetEncoding encoding,
                  v1::Analysis& analysis) {
  std::vector<v1::Evidence*> all;
  for (v1::Topic& topic : *analysis.mutable_topics()) {
    Collect(field, *topic.mutable_evidence(), all);
  }
  for (v1::Region& region : *analysis.mutable_regions()) {
    Collect(field, *region.mutable_evidence(), all);
  }
  std::vector<uint32_t> bytes;
  bytes.reserve(2 * all.size());
  for (const v1::Evidence* evidence : all) {
    bytes.push_back(evidence->begin());
    bytes.push_back(evidence->end());
  }
  std::sort(bytes.begin(), bytes.end());
  const std::vector<uint32_t> units = ConvertOffsets(text, bytes, encoding);
  const auto convert = [&](uint32_t offset) {
    return units[std::lower_bound(bytes.begin(), bytes.end(), offset) - bytes.begin()];
  };
  for (v1::Evidence* evidence : all) {
    evidence->set_begin(convert(evidence->begin()));
    evidence->set_end(convert(evidence->end()));
  }
}

}  // namespace

std::vector<uint32_t> ConvertOffsets(std::string_view text, const std::vector<uint32_t>& offsets,
                                     v1::OffsetEncoding encoding) {
  if (encoding != v1::OFFSET_ENCODING_UTF16 && encoding != v1::OFFSET_ENCODING_UTF32) {
    return offsets;
  }
  std::vector<uint32_t> converted;
  converted.reserve(offsets.size());
  size_t at = 0;
  uint32_t units = 0;
  for (const uint32_t offset : offsets) {
    for (; at < offset && at < text.size(); ++at) units += UnitsBegunBy(text[at], encoding);
    converted.push_back(units);
  }
  return converted;
}

void ConvertEvidenceOffsets(std::string_view title, std::string_view body,
                            v1::OffsetEncoding encoding, v1::Analysis& analysis) {
  if (encoding != v1::OFFSET_ENCODING_UTF16 && encoding != v1::OFFSET_ENCODING_UTF32) return;
  ConvertField(title, v1::ARTICLE_FIELD_TITLE, encoding, analysis);
  ConvertField(body, v1::ARTICLE_FIELD_BODY, encoding, analysis);
}

}  // namespace rubricator
