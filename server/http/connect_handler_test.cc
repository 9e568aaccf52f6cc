// The API by the Connect protocol, over real sockets.
#include "server/http/connect_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "rubricator/v1/classification_service.pb.h"
#include "server/http/gzip.h"
#include "server/http/raw_http.h"
#include "server/running_server.h"

namespace rubricator {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kClassify[] = "ClassificationService/ClassifyArticle";
constexpr char kMeeting[] =
    R"({"article":{"id":"a-1","title":"Президенты России и Киргизии обсудили охрану границы",)"
    R"("body":"Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили )"
    R"(безопасность в Центральной Азии и подписали соглашение об обмене студентами."}})";

class ConnectHandlerTest : public testing::Test {
 protected:
  // The answer to one request on a connection of its own.
  HttpResponse Ask(const HttpRequest& request) {
    RawHttp connection(running_.server().http_address());
    std::optional<HttpResponse> response = connection.Ask(request);
    EXPECT_TRUE(response.has_value());
    return response.value_or(HttpResponse());
  }

  RunningServer running_;
};

TEST_F(ConnectHandlerTest, AnswersJsonAndLogsOneLineWithoutItsText) {
  const HttpResponse response = Ask(JsonCall(kClassify, kMeeting));
  EXPECT_EQ(response.result_int(), 200U);
  EXPECT_EQ(response[http::field::content_type], "application/json");
  const nlohmann::json analysis = JsonOf(response)["analysis"];
  EXPECT_EQ(analysis["articleId"], "a-1");
  EXPECT_EQ(analysis["outcome"], "OUTCOME_CLASSIFIED");
  EXPECT_EQ(analysis["language"], "ru");
  const nlohmann::json line = running_.CallLines(1).at(0);
  EXPECT_EQ(line["method"], "rubricator.v1.ClassificationService/ClassifyArticle");
  EXPECT_EQ(line["code"], "OK");
  EXPECT_EQ(line["transport"], "http");
  EXPECT_EQ(line["peer_kind"], "ipv4");
  EXPECT_EQ(line["article_id"], "a-1");
  EXPECT_EQ(line["request_bytes"], sizeof(kMeeting) - 1);
  EXPECT_EQ(line["response_bytes"], response.body().size());
  EXPECT_THAT(line.dump(), Not(HasSubstr("Президент")));
}

TEST_F(ConnectHandlerTest, AnswersBinaryTheSameAsJson) {
  v1::ClassifyArticleRequest request;
  request.mutable_article()->set_title("Earthquake in Nepal: rescue teams from India arrive");
  HttpRequest call = JsonCall(kClassify, request.SerializeAsString());
  call.set(http::field::content_type, "application/proto");
  const HttpResponse response = Ask(call);
  EXPECT_EQ(response.result_int(), 200U);
  EXPECT_EQ(response[http::field::content_type], "application/proto");
  v1::ClassifyArticleResponse answer;
  ASSERT_TRUE(answer.ParseFromString(response.body()));
  EXPECT_EQ(answer.analysis().language(), "en");
}

TEST_F(ConnectHandlerTest, SendsTheFieldOfABadArticleAsADetail) {
  const HttpResponse response = Ask(JsonCall(kClassify, R"({"article":{"body":" \n "}})"));
  EXPECT_EQ(response.result_int(), 400U);
  EXPECT_EQ(response[http::field::content_type], "application/json");
  const nlohmann::json error = JsonOf(response);
  EXPECT_EQ(error["code"], "invalid_argument");
  ASSERT_EQ(error["details"].size(), 1U);
  const nlohmann::json& detail = error["details"][0];
  EXPECT_EQ(detail["type"], "google.rpc.BadRequest");
  EXPECT_EQ(detail["debug"]["fieldViolations"][0]["field"], "article.body");
  const std::string value = detail["value"];
  EXPECT_THAT(value, Not(HasSubstr("=")));
  std::string bytes;
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(absl::Base64Unescape(value, &bytes) && bad_request.ParseFromString(bytes));
  EXPECT_EQ(bad_request.field_violations(0).field(), "article.body");
}

TEST_F(ConnectHandlerTest, RefusesWhatIsNoCallOfTheApi) {
  struct Case {
    std::string name;
    HttpRequest request;
    unsigned status;
    std::string code;
    std::string message;
  };
  const auto with = [](HttpRequest request, const std::string& name, const std::string& value) {
    request.set(name, value);
    return request;
  };
  const HttpRequest call = JsonCall("ModelService/GetModel", "{}");
  HttpRequest get = call;
  get.method(http::verb::get);
  const Case cases[] = {
      {"unknown service", JsonCall("NoService/Get", "{}"), 404, "",
       "the API has no method rubricator.v1.NoService.Get"},
      {"unknown method", JsonCall("ModelService/Get", "{}"), 404, "",
       "the API has no method rubricator.v1.ModelService.Get"},
      {"stream", JsonCall("ClassificationService/StreamClassifyArticles", "{}"), 501,
       "unimplemented", "which only gRPC carries"},
      {"GET", get, 405, "", "a call is made by POST"},
      {"content type", with(call, "Content-Type", "text/plain"), 415, "",
       "Content-Type is to be one of application/json, application/proto, "},
      {"content coding", with(call, "Content-Encoding", "br"), 501, "unimplemented",
       "Content-Encoding: 'br'; there are gzip and identity"},
      {"protocol version", with(call, "Connect-Protocol-Version", "2"), 400, "invalid_argument",
       "Connect-Protocol-Version: '2'; there is only 1"},
      {"time-out in words", with(call, "Connect-Timeout-Ms", "soon"), 400, "invalid_argument",
       "Connect-Timeout-Ms: 'soon' is no number of at most 10 digits"},
      {"time-out too long", with(call, "Connect-Timeout-Ms", "12345678901"), 400,
       "invalid_argument", "'12345678901' is no number"},
      {"time-out passed", with(call, "Connect-Timeout-Ms", "0"), 504, "deadline_exceeded",
       "the deadline passed before the answer was there"},
      {"no gzip", with(call, "Content-Encoding", "gzip"), 400, "invalid_argument",
       "the body is no gzip"},
      {"no message", with(JsonCall(kClassify, "\xff"), "Content-Type", "application/proto"), 400,
       "invalid_argument", "the bytes are no message of type"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const HttpResponse response = Ask(c.request);
    EXPECT_EQ(response.result_int(), c.status);
    if (c.code.empty()) {
      EXPECT_EQ(response[http::field::content_type], "text/plain; charset=utf-8");
      EXPECT_THAT(response.body(), HasSubstr(c.message));
      continue;
    }
    EXPECT_EQ(JsonOf(response)["code"], c.code);
    EXPECT_THAT(JsonOf(response)["message"].get<std::string>(), HasSubstr(c.message));
  }
}

TEST_F(ConnectHandlerTest, NamesWhatItWouldTake) {
  HttpRequest call = JsonCall("ModelService/GetModel", "{}");
  call.set(http::field::content_type, "text/plain");
  EXPECT_THAT(std::string(Ask(call)["Accept-Post"]),
              testing::StartsWith("application/json, application/proto, "));
  call.set(http::field::content_type, "application/json; charset=utf-8");
  EXPECT_EQ(Ask(call).result_int(), 200U);
  call.set(http::field::content_encoding, "zstd");
  EXPECT_EQ(Ask(call)[http::field::accept_encoding], "gzip, identity");
  call = JsonCall("ModelService/GetModel", "{}");
  call.method(http::verb::put);
  EXPECT_EQ(Ask(call)[http::field::allow], "POST");
}

TEST_F(ConnectHandlerTest, TellsOfUnknownFieldsButNotAConnectClient) {
  HttpRequest call = JsonCall(kClassify, R"({"article":{"titel":"x","title":"y"}})");
  const HttpResponse refused = Ask(call);
  EXPECT_EQ(refused.result_int(), 400U);
  EXPECT_EQ(JsonOf(refused)["message"],
            "article.titel: there is no such field; did you mean 'title'?");
  call.set("Connect-Protocol-Version", "1");
  EXPECT_EQ(Ask(call).result_int(), 200U);
}

TEST_F(ConnectHandlerTest, ReadsAndWritesGzip) {
  HttpRequest call = JsonCall("ModelService/GetModel", Gzip("{}"));
  call.set(http::field::content_encoding, "gzip");
  call.set(http::field::accept_encoding, "br, gzip;q=0.5");
  const HttpResponse response = Ask(call);
  EXPECT_EQ(response[http::field::content_encoding], "gzip");
  const absl::StatusOr<std::string> json = Gunzip(response.body(), 1U << 20U);
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_THAT(*json, HasSubstr("foreign_policy"));
}

TEST_F(ConnectHandlerTest, BoundsWhatGzipUnfoldsTo) {
  const size_t limit = RunningServer::DefaultConfig().limits().max_message_bytes();
  HttpRequest call = JsonCall(kClassify, Gzip(std::string(limit + 1, ' ')));
  call.set(http::field::content_encoding, "gzip");
  const HttpResponse response = Ask(call);
  EXPECT_EQ(response.result_int(), 429U);
  EXPECT_EQ(JsonOf(response)["code"], "resource_exhausted");
  EXPECT_EQ(JsonOf(response)["message"], "the body unfolds to more than 16777216 bytes");
}

// A frame of fewer than 256 bytes.
std::string Frame(char flags, const std::string& content) {
  return std::string{flags, 0, 0, 0, static_cast<char>(content.size())} + content;
}

TEST_F(ConnectHandlerTest, SpeaksGrpcWeb) {
  const auto ask = [&](const std::string& body, const std::string& timeout = "2S") {
    HttpRequest call = JsonCall("ModelService/GetModel", body);
    call.set(http::field::content_type, "application/grpc-web+json");
    call.set("Grpc-Encoding", "gzip");
    call.set("Grpc-Timeout", timeout);
    return Ask(call);
  };
  for (const std::string& body : {Frame(0, "{}"), Frame(1, Gzip("{}"))}) {
    const HttpResponse response = ask(body);
    EXPECT_EQ(response.result_int(), 200U);
    EXPECT_EQ(response[http::field::content_type], "application/grpc-web+json");
    EXPECT_THAT(response.body(), HasSubstr("foreign_policy"));
    EXPECT_THAT(response.body(), testing::EndsWith(Frame('\x80', "grpc-status: 0\r\n")));
  }
  struct Case {
    std::string name, body, timeout, want;
  };
  const Case cases[] = {
      {"no frame", "{}", "2S",
       "grpc-status: 12\r\ngrpc-message: the body is not one gRPC-Web frame"},
      {"cut frame", Frame(0, "{}").substr(0, 6), "2S", "grpc-status: 12\r\n"},
      {"trailers", Frame('\x80', "{}"), "2S", "grpc-status: 12\r\n"},
      {"handler's error", Frame(0, R"({"version":"%"})"), "2S",
       "grpc-status: 5\r\ngrpc-message: there is no model %25"},
      {"time-out without a unit", Frame(0, "{}"), "2",
       "grpc-status: 3\r\ngrpc-message: Grpc-Timeout"},
      {"time-out passed", Frame(0, "{}"), "0n", "grpc-status: 4\r\n"},
      {"long time-out", Frame(0, "{}"), "99999999H", "grpc-status: 0\r\n"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const HttpResponse response = ask(c.body, c.timeout);
    EXPECT_EQ(response.result_int(), 200U);
    EXPECT_THAT(response.body(), HasSubstr(c.want));
  }
}

TEST_F(ConnectHandlerTest, AnswersAnEmptyBinaryBodyAsAnEmptyMessage) {
  HttpRequest call = JsonCall("ModelService/GetModel", "");
  call.set(http::field::content_type, "application/proto");
  EXPECT_EQ(Ask(call).result_int(), 200U);
}

}  // namespace
}  // namespace rubricator
