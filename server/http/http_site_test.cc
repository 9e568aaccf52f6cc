// What stands where, over real sockets.
#include "server/http/http_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/http/raw_http.h"
#include "server/running_server.h"

namespace rubricator {
namespace {

using testing::HasSubstr;

HttpResponse Ask(RunningServer& running, const HttpRequest& request) {
  RawHttp connection(running.server().http_address());
  std::optional<HttpResponse> response = connection.Ask(request);
  EXPECT_TRUE(response.has_value());
  return response.value_or(HttpResponse());
}

TEST(HttpSiteTest, IsHealthyBeforeItIsReady) {
  RunningServer running(RunningServer::DefaultConfig(), /*with_model=*/false);
  EXPECT_EQ(Ask(running, Get("/healthz")).result_int(), 200U);
  EXPECT_EQ(Ask(running, Get("/readyz")).result_int(), 503U);
  const HttpResponse early = Ask(running, JsonCall("ModelService/GetModel", "{}"));
  EXPECT_EQ(early.result_int(), 503U);
  EXPECT_EQ(JsonOf(early)["message"], "the model is still loading");
  ASSERT_TRUE(running.server().LoadModel().ok());
  EXPECT_EQ(Ask(running, Get("/readyz?from=a-probe")).result_int(), 200U);
}

TEST(HttpSiteTest, GivesTheConsoleAndForbidsItEverythingElsewhere) {
  RunningServer running(RunningServer::DefaultConfig(), /*with_model=*/false);
  const HttpResponse page = Ask(running, Get("/"));
  EXPECT_EQ(page.result_int(), 200U);
  EXPECT_EQ(page[http::field::content_type], "text/html; charset=utf-8");
  EXPECT_THAT(page.body(), HasSubstr("<title>Rubricator"));
  EXPECT_EQ(page["Content-Security-Policy"],
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src "
            "'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
  EXPECT_EQ(page["X-Content-Type-Options"], "nosniff");
  EXPECT_EQ(Ask(running, Get("/index.html")).body(), page.body());
}

TEST(HttpSiteTest, AnswersNotModifiedToWhoHasTheFile) {
  RunningServer running(RunningServer::DefaultConfig(), /*with_model=*/false);
  HttpRequest request = Get("/");
  const std::string etag(AsStd(Ask(running, request)[http::field::etag]));
  for (const std::string& known : {etag, etag.substr(2), "\"other\", " + etag, std::string("*")}) {
    request.set(http::field::if_none_match, known);
    const HttpResponse response = Ask(running, request);
    EXPECT_EQ(response.result_int(), 304U) << known;
    EXPECT_EQ(response.body(), "");
    EXPECT_EQ(AsStd(response[http::field::etag]), etag);
  }
  request.set(http::field::if_none_match, "\"other\"");
  EXPECT_EQ(Ask(running, request).result_int(), 200U);
}

TEST(HttpSiteTest, AnswersHeadWithoutABody) {
  RunningServer running(RunningServer::DefaultConfig(), /*with_model=*/false);
  HttpRequest head = Get("/healthz");
  head.method(http::verb::head);
  RawHttp connection(running.server().http_address());
  const std::optional<HttpResponse> response = connection.Ask(head);
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->result_int(), 200U);
  EXPECT_EQ((*response)[http::field::content_length], "3");
  EXPECT_EQ(connection.Ask(Get("/healthz"))->body(), "ok\n");  // nothing was left over
}

TEST(HttpSiteTest, RefusesTheRest) {
  RunningServer running(RunningServer::DefaultConfig(), /*with_model=*/false);
  for (const char* target : {"/nothing", "/../etc/passwd", "/console/", "*", "http://x/healthz"}) {
    EXPECT_EQ(Ask(running, Get(target)).result_int(), 404U) << target;
  }
  HttpRequest post = Get("/healthz");
  post.method(http::verb::post);
  post.prepare_payload();
  const HttpResponse response = Ask(running, post);
  EXPECT_EQ(response.result_int(), 405U);
  EXPECT_EQ(response[http::field::allow], "GET, HEAD");
}

}  // namespace
}  // namespace rubricator
