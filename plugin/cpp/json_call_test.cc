#include "plugin/cpp/json_call.h"

#include "gtest/gtest.h"
#include "plugin/cpp/fake_server.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator {
namespace {

constexpr char kClassify[] = "rubricator.v1.ClassificationService/ClassifyArticle";

class JsonCallTest : public testing::Test {
 protected:
  absl::StatusOr<std::string> Call(std::string_view method, std::string_view json) {
    return CallWithJson(**client_, method, json);
  }

  const FakeServer server_;
  const absl::StatusOr<std::unique_ptr<Client>> client_ = Client::Open(server_.target());
};

TEST_F(JsonCallTest, CallsAMethodByItsName) {
  for (const char* json :
       {R"({"article": {"id": "a1", "body": "text"}})",
        R"({"article": {"id": "a1", "body": "text", "published_at": "2026-11-22T09:00:00Z"}})"}) {
    const auto answer = Call(kClassify, json);
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_NE(answer->find(R"("articleId":"a1")"), std::string::npos) << *answer;
    EXPECT_NE(answer->find(R"("topics":[])"), std::string::npos) << *answer;
  }
  EXPECT_TRUE(Call(std::string("/") + kClassify, R"({"article": {"body": "text"}})").ok());
}

TEST_F(JsonCallTest, TakesNoJsonAsAnEmptyRequest) {
  EXPECT_EQ(FieldOf(Call(kClassify, "").status()), "article");
}

TEST_F(JsonCallTest, RefusesAMethodThatIsNotUnary) {
  for (const char* method :
       {"", "/", "ClassifyArticle", "rubricator.v1.ClassificationService.ClassifyArticle",
        "rubricator.v1.ClassificationService/NoSuch",
        "rubricator.v1.ClassificationService/StreamClassifyArticles"}) {
    SCOPED_TRACE(method);
    EXPECT_TRUE(absl::IsUnimplemented(Call(method, "{}").status()));
  }
}

TEST_F(JsonCallTest, RefusesJsonThatDoesNotFit) {
  for (const char* json : {"{", "[]", "1", R"({"artikel": {}})", R"({"article": "text"})",
                           R"({"article": {"body": 1}})"}) {
    SCOPED_TRACE(json);
    EXPECT_TRUE(absl::IsInvalidArgument(Call(kClassify, json).status()));
  }
}

}  // namespace
}  // namespace rubricator
