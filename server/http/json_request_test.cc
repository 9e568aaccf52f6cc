#include "server/http/json_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rubricator/v1/classification_service.pb.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(JsonRequestTest, ReadsBothSpellingsOfAName) {
  for (const char* json : {R"({"articles":[{"publishedAt":"2026-11-22T10:00:00Z"}]})",
                           R"({"articles":[{"published_at":"2026-11-22T10:00:00Z"}]})"}) {
    v1::BatchClassifyArticlesRequest request;
    EXPECT_TRUE(ReadJson(json, UnknownFields::kRefuse, request).ok());
    EXPECT_GT(request.articles(0).published_at().seconds(), 0);
  }
}

TEST(JsonRequestTest, NamesFieldOrPlaceAndNeverQuotesTheText) {
  struct Case {
    const char* name;
    const char* json;
    const char* want;
    bool names_field;
  };
  const Case cases[] = {
      {"unknown field", R"({"articles":[{},{"titel":"Тайна"}]})",
       "articles[1].titel: there is no such field; did you mean 'title'?", true},
      {"unknown field on top", R"({"artikles":[]})",
       "artikles: there is no such field; did you mean 'articles'?", true},
      {"string for object", R"({"options":"Тайна"})", "options: is to be an object", true},
      {"number for string", R"({"articles":[{"title":5}]})", "articles[0].title: is to be a string",
       true},
      {"object for string", R"({"articles":[{"title":{"x":"Тайна"}}]})",
       "articles[0].title: is to be a string", true},
      {"array for string", R"({"articles":[{"title":["Тайна"]}]})",
       "articles[0].title: is to be a string", true},
      {"no such word", R"({"options":{"offsetEncoding":"Тайна"}})",
       "options.offset_encoding: is none of OFFSET_ENCODING_UNSPECIFIED, OFFSET_ENCODING_UTF8",
       true},
      {"no time", R"({"articles":[{"publishedAt":"Тайна"}]})",
       "articles[0].published_at: is no time as RFC 3339 writes it", true},
      {"no number", R"({"options":{"maxEvidence":"Тайна"}})",
       "options.max_evidence: is no number in range", true},
      {"negative", R"({"options":{"maxEvidence":-1}})",
       "options.max_evidence: is no number in range", true},
      {"comma missing", "{\n  \"articles\": [\n    {\"title\": \"Тайна\" \"body\": \"x\"}]}",
       "the body is no JSON near line 3, column 28", false},
      {"cut", "{\"articles\":\n[", "the body is no JSON: it ends early, in line 2", false},
      {"nothing", "", "the body is no JSON: it ends early, in line 1", false},
      {"array", "[]", "the body is no JSON object of rubricator.v1.BatchClassifyArticlesRequest",
       false},
      {"null", "null", "the body is no JSON object of", false},
      {"two", "{} {\"Тайна\":1}", "the body is no JSON near line 1, column 4", false},
      {"no UTF-8", "{\"articles\":[{\"title\":\"a\xff\"}]}",
       "the body is no JSON near line 1, column 25", false},
      {"half a surrogate", R"({"articles":[{"title":"\ud800"}]})",
       "the body is no JSON near line 1", false},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    v1::BatchClassifyArticlesRequest request;
    const absl::Status status = ReadJson(c.json, UnknownFields::kRefuse, request);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.want));
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr("Тайна")));
    EXPECT_EQ(status.GetPayload(kBadRequestTypeUrl).has_value(), c.names_field);
  }
}

TEST(JsonRequestTest, RefusesDepthWithoutEnd) {
  std::string json = R"({"articles":)";
  for (int i = 0; i < 100'000; ++i) json += '[';
  v1::BatchClassifyArticlesRequest request;
  EXPECT_EQ(ReadJson(json, UnknownFields::kRefuse, request).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(JsonRequestTest, PassesOverUnknownFieldsWhereAsked) {
  v1::BatchClassifyArticlesRequest request;
  EXPECT_TRUE(ReadJson(R"({"articles":[{"title":"x","new":{"a":[1]}}],"newer":null})",
                       UnknownFields::kIgnore, request)
                  .ok());
  EXPECT_EQ(request.articles(0).title(), "x");
}

}  // namespace
}  // namespace rubricator
