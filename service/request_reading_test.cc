#include "service/request_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rubricator/v1/classification_service.pb.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

// One length-delimited field of the wire format; content under 128 bytes.
std::string Field(int number, const std::string& content) {
  return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(content.size())} +
         content;
}

TEST(ExplainParseFailureTest, NamesTheTextThatIsNotUtf8) {
  struct Case {
    const char* name;
    std::string bytes;
    const char* want_message;
  };
  const Case cases[] = {
      {"title", Field(1, Field(2, "ab\xff")), "articles[0].title: is not valid UTF-8 at byte 2"},
      {"lone surrogate", Field(1, Field(3, "\xed\xa0\x80")),
       "articles[0].body: is not valid UTF-8 at byte 0"},
      {"second article", Field(1, Field(3, "fine")) + Field(1, Field(3, "\xc3")),
       "articles[1].body: is not valid UTF-8 at byte 0"},
      {"options", Field(2, Field(3, "\x80")),
       "options.display_language: is not valid UTF-8 at byte 0"},
      {"no such message", "\x07",
       "the bytes are no message of type rubricator.v1.BatchClassifyArticlesRequest"},
      {"cut short", Field(1, "abc").substr(0, 3),
       "the bytes are no message of type rubricator.v1.BatchClassifyArticlesRequest"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    v1::BatchClassifyArticlesRequest request;
    ASSERT_FALSE(request.ParseFromString(c.bytes));
    const absl::Status status = ExplainParseFailure(c.bytes, request);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(status.message(), c.want_message);
  }
}

TEST(CheckUtf8Test, FindsBadTextAtAnyDepth) {
  v1::BatchClassifyArticlesRequest request;
  request.add_articles()->set_body("Мир и труд");
  request.mutable_options()->set_display_language("ru");
  EXPECT_TRUE(CheckUtf8(request).ok());
  request.add_articles()->set_title("a\xf5");
  const absl::Status status = CheckUtf8(request);
  EXPECT_EQ(status.message(), "articles[1].title: is not valid UTF-8 at byte 1");
  EXPECT_TRUE(status.GetPayload(kBadRequestTypeUrl).has_value());
}

}  // namespace
}  // namespace rubricator
