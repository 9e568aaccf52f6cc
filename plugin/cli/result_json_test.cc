#include "plugin/cli/result_json.h"

#include "gtest/gtest.h"
#include "service/field_error.h"

namespace rubricator::cli {
namespace {

v1::Analysis TwoTopics() {
  v1::Analysis analysis;
  analysis.set_article_id("a\"1");
  analysis.set_outcome(v1::OUTCOME_CLASSIFIED);
  analysis.add_topics()->set_id("security");
  analysis.add_topics()->set_id("culture");
  v1::Region& focus = *analysis.add_regions();
  focus.set_code("KG");
  focus.set_role(v1::REGION_ROLE_FOCUS);
  v1::Region& mentioned = *analysis.add_regions();
  mentioned.set_code("RU");
  mentioned.set_role(v1::REGION_ROLE_MENTIONED);
  return analysis;
}

TEST(ResultJsonTest, LabelsHoldTopicsAndFocusCountries) {
  EXPECT_EQ(LabelsJson(TwoTopics()),
            R"({"id":"a\"1","topics":["security","culture"],"regions":["KG"]})");
  EXPECT_EQ(LabelsJson({}), R"({"id":"","topics":[],"regions":[]})");
}

TEST(ResultJsonTest, WritesEmptyListsToo) {
  v1::ClassifyResult result;
  result.mutable_analysis()->set_outcome(v1::OUTCOME_INSUFFICIENT_TEXT);
  const std::string json = ResultJson(result);
  EXPECT_NE(json.find(R"("topics":[])"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("outcome":"OUTCOME_INSUFFICIENT_TEXT")"), std::string::npos) << json;
  EXPECT_EQ(json.find('\n'), std::string::npos);
}

TEST(ResultJsonTest, SaysWhyThereIsNoAnalysis) {
  v1::ClassifyResult result;
  result.set_article_id("a1");
  *result.mutable_error() = ToRpcStatus(FieldError("article.body", "is too long"));
  EXPECT_EQ(ResultJson(result),
            R"({"articleId":"a1","error":{"code":"INVALID_ARGUMENT",)"
            R"("message":"article.body: is too long","field":"article.body"}})");
}

}  // namespace
}  // namespace rubricator::cli
