#include "service/text_offsets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rubricator {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

TEST(TextOffsetsTest, CountsInTheUnitsAskedFor) {
  struct Case {
    const char* name;
    std::string text;
    std::vector<uint32_t> bytes, utf16, utf32;
  };
  const Case cases[] = {
      {"nothing", "", {}, {}, {}},
      {"empty text", "", {0, 0}, {0, 0}, {0, 0}},
      {"ascii", "abc", {0, 1, 3}, {0, 1, 3}, {0, 1, 3}},
      {"cyrillic", "мир", {0, 2, 6}, {0, 1, 3}, {0, 1, 3}},
      {"three bytes", "—a", {3, 4}, {1, 2}, {1, 2}},
      {"emoji", "a😀b", {0, 1, 5, 6}, {0, 1, 3, 4}, {0, 1, 2, 3}},
      {"same twice", "мир", {2, 2}, {1, 1}, {1, 1}},
      {"not UTF-8", "\xff\xd0м", {1, 2, 4}, {2, 3, 4}, {1, 2, 3}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(ConvertOffsets(c.text, c.bytes, v1::OFFSET_ENCODING_UNSPECIFIED),
                ElementsAreArray(c.bytes));
    EXPECT_THAT(ConvertOffsets(c.text, c.bytes, v1::OFFSET_ENCODING_UTF8),
                ElementsAreArray(c.bytes));
    EXPECT_THAT(ConvertOffsets(c.text, c.bytes, v1::OFFSET_ENCODING_UTF16),
                ElementsAreArray(c.utf16));
    EXPECT_THAT(ConvertOffsets(c.text, c.bytes, v1::OFFSET_ENCODING_UTF32),
                ElementsAreArray(c.utf32));
  }
}

void AddEvidence(v1::ArticleField field, uint32_t begin, uint32_t end,
                 google::protobuf::RepeatedPtrField<v1::Evidence>& out) {
  v1::Evidence& evidence = *out.Add();
  evidence.set_field(field);
  evidence.set_begin(begin);
  evidence.set_end(end);
}

TEST(TextOffsetsTest, ConvertsEachFieldByItsOwnTextWhateverTheOrder) {
  v1::Analysis analysis;
  auto& topic = *analysis.add_topics()->mutable_evidence();
  AddEvidence(v1::ARTICLE_FIELD_BODY, 4, 6, topic);
  AddEvidence(v1::ARTICLE_FIELD_TITLE, 0, 4, topic);
  AddEvidence(v1::ARTICLE_FIELD_BODY, 0, 2, topic);
  auto& region = *analysis.add_regions()->mutable_evidence();
  AddEvidence(v1::ARTICLE_FIELD_TITLE, 4, 5, region);

  ConvertEvidenceOffsets("😀x", "мир", v1::OFFSET_ENCODING_UTF16, analysis);

  std::vector<std::pair<uint32_t, uint32_t>> got;
  for (const v1::Evidence& evidence : topic) got.emplace_back(evidence.begin(), evidence.end());
  for (const v1::Evidence& evidence : region) got.emplace_back(evidence.begin(), evidence.end());
  EXPECT_THAT(got, ElementsAre(testing::Pair(2, 3), testing::Pair(0, 2), testing::Pair(0, 1),
                               testing::Pair(2, 3)));
}

}  // namespace
}  // namespace rubricator
