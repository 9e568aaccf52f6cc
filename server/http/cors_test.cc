#include "server/http/cors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rubricator {
namespace {

using testing::HasSubstr;

HttpRequest Question(const std::string& origin) {
  HttpRequest request(http::verb::options, "/rubricator.v1.ModelService/GetModel", 11);
  request.set(http::field::origin, origin);
  request.set(http::field::access_control_request_method, "POST");
  return request;
}

TEST(CorsTest, LetsOnlyTheOriginsAskThatAreListed) {
  const CorsPolicy policy({"https://cms.example", "http://localhost:3000"});
  for (const char* origin : {"https://cms.example", "http://localhost:3000"}) {
    HttpResponse response = policy.Preflight(Question(origin)).value();
    policy.Apply(origin, response);
    EXPECT_EQ(response.result_int(), 204U);
    EXPECT_EQ(response[http::field::access_control_allow_origin], origin);
    EXPECT_EQ(response[http::field::access_control_allow_methods], "GET, POST");
    for (const char* header : {"Content-Type", "Connect-Protocol-Version", "Connect-Timeout-Ms"}) {
      EXPECT_THAT(std::string(response[http::field::access_control_allow_headers]),
                  HasSubstr(header));
    }
  }
  for (const char* origin : {"http://cms.example", "https://cms.example:8443",
                             "https://evil.example", "https://cms.example.evil.example", "null"}) {
    HttpResponse response = policy.Preflight(Question(origin)).value();
    policy.Apply(origin, response);
    EXPECT_EQ(response.count(http::field::access_control_allow_origin), 0U) << origin;
    EXPECT_EQ(response.count(http::field::access_control_allow_methods), 0U) << origin;
    EXPECT_EQ(response[http::field::vary], "Origin");
  }
}

TEST(CorsTest, ExposesWhatClientsReadOfAnAnswer) {
  HttpResponse response;
  CorsPolicy({"*"}).Apply("https://any.example", response);
  EXPECT_EQ(response[http::field::access_control_allow_origin], "https://any.example");
  EXPECT_THAT(std::string(response[http::field::access_control_expose_headers]),
              HasSubstr("Content-Encoding"));
  EXPECT_EQ(response.count(http::field::access_control_allow_credentials), 0U);
}

TEST(CorsTest, SaysNothingByDefaultOrToWhatIsNoPage) {
  HttpResponse response;
  CorsPolicy({}).Apply("https://cms.example", response);
  CorsPolicy({"*"}).Apply("", response);
  EXPECT_EQ(response.count(http::field::access_control_allow_origin), 0U);
}

TEST(CorsTest, TakesOnlyQuestionsForQuestions) {
  HttpRequest options = Question("https://cms.example");
  options.erase(http::field::access_control_request_method);
  EXPECT_FALSE(CorsPolicy({"*"}).Preflight(options).has_value());
  HttpRequest post = Question("https://cms.example");
  post.method(http::verb::post);
  EXPECT_FALSE(CorsPolicy({"*"}).Preflight(post).has_value());
}

TEST(CorsTest, KnowsWhatAnOriginLooksLike) {
  for (const char* good : {"*", "https://cms.example", "http://localhost:3000", "http://[::1]:80",
                           "chrome-extension://abcdef"}) {
    EXPECT_TRUE(CheckOrigin(good).ok()) << good;
  }
  for (const char* bad : {"", "cms.example", "https://cms.example/", "https://", "://x",
                          "https://CMS.example", "https://a b", "https://*.example"}) {
    EXPECT_EQ(CheckOrigin(bad).code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

}  // namespace
}  // namespace rubricator
