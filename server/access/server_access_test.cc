// Tokens and limits, at the server's two doors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "rubricator/v1/classification_service.grpc.pb.h"
#include "rubricator/v1/model_service.grpc.pb.h"
#include "server/access/access_files.h"
#include "server/http/raw_http.h"
#include "server/raw_call.h"
#include "server/running_server.h"

namespace rubricator {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::HasSubstr;

constexpr char kStreamPath[] = "/rubricator.v1.ClassificationService/StreamClassifyArticles";

grpc::Status GetModel(const RunningServer& running, const std::string& token,
                      ClientContext& context) {
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  v1::GetModelResponse response;
  return v1::ModelService::NewStub(running.channel())->GetModel(&context, {}, &response);
}

StatusCode GetModel(const RunningServer& running, const std::string& token) {
  ClientContext context;
  return GetModel(running, token, context).error_code();
}

std::optional<HttpResponse> PostGetModel(RunningServer& running, const std::string& token) {
  HttpRequest request(http::verb::post, "/rubricator.v1.ModelService/GetModel", 11);
  request.set(http::field::host, "localhost");
  request.set(http::field::content_type, "application/json");
  if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
  request.body() = "{}";
  request.prepare_payload();
  return RawHttp(running.server().http_address()).Ask(request);
}

TEST(ServerAccessTest, AsksForATokenAtBothDoors) {
  const AccessFiles files;
  server::Config config = RunningServer::DefaultConfig();
  files.WriteTokens({{"site", "classify"}, {"desk", "correct"}}, config);
  RunningServer running(config);
  EXPECT_EQ(GetModel(running, "rub_site"), StatusCode::OK);
  EXPECT_EQ(GetModel(running, ""), StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(GetModel(running, "rub_other"), StatusCode::UNAUTHENTICATED);
  ClientContext context;
  const grpc::Status denied = GetModel(running, "rub_desk", context);
  EXPECT_EQ(denied.error_code(), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(denied.error_message(), "token 'desk' is for correct; GetModel takes classify");
  EXPECT_EQ(running.CallLines(4).at(0)["token"], "site");

  EXPECT_EQ(PostGetModel(running, "rub_site")->result(), http::status::ok);
  const auto refused = PostGetModel(running, "");
  EXPECT_EQ(refused->result(), http::status::unauthorized);
  EXPECT_EQ((*refused)[http::field::www_authenticate], "Bearer");
  EXPECT_EQ(PostGetModel(running, "rub_desk")->result(), http::status::forbidden);
  RawCall stream(running.channel(), kStreamPath);
  EXPECT_FALSE(stream.Read().has_value());
  EXPECT_EQ(stream.Finish().error_code(), StatusCode::UNAUTHENTICATED);
  RawCall health(running.channel(), "/grpc.health.v1.Health/Check");
  EXPECT_TRUE(health.Ask("").has_value()) << "probes carry no token";
}

TEST(ServerAccessTest, TakesUpNewTokensAndKeepsTheOldOnesWhenTheFileIsBad) {
  const AccessFiles files;
  server::Config config = RunningServer::DefaultConfig();
  files.WriteTokens({{"old", "classify"}}, config);
  RunningServer running(config);
  files.Write("tokens.yaml", "tokens:\n  - name: half-writ");
  running.server().Reload(config);
  EXPECT_EQ(GetModel(running, "rub_old"), StatusCode::OK);
  files.WriteTokens({{"new", "classify"}}, config);
  running.server().Reload(config);
  EXPECT_EQ(GetModel(running, "rub_new"), StatusCode::OK);
  EXPECT_EQ(GetModel(running, "rub_old"), StatusCode::UNAUTHENTICATED);
}

TEST(ServerAccessTest, RefusesAnOpenAddressWithoutTlsAndTokens) {
  const AccessFiles files;
  JsonLog log(server::OFF);
  server::Config config = RunningServer::DefaultConfig();
  for (const char* address : {"0.0.0.0:0", "[::]:0"}) {
    config.set_listen(address);
    const auto refused = Server::Start(config, log);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(refused.status().message()), HasSubstr("access.open: true"));
  }
  config = RunningServer::DefaultConfig();
  config.mutable_http()->set_listen("0.0.0.0:0");
  EXPECT_THAT(std::string(Server::Start(config, log).status().message()), HasSubstr("http.listen"));
  files.WriteTokens({{"site", "classify"}}, config);
  config.set_listen("0.0.0.0:0");
  EXPECT_TRUE(Server::Start(config, log).ok());
}

TEST(ServerAccessTest, RefusesSettingsThatDoNotGoTogether) {
  JsonLog log(server::OFF);
  server::Config config = RunningServer::DefaultConfig();
  config.mutable_tls()->set_cert_file("/etc/x.pem");
  EXPECT_THAT(std::string(Server::Start(config, log).status().message()), HasSubstr("go together"));
  config = RunningServer::DefaultConfig();
  config.mutable_tls()->set_client_ca_file("/etc/x.pem");
  EXPECT_THAT(std::string(Server::Start(config, log).status().message()),
              HasSubstr("takes tls.cert_file"));
  config = RunningServer::DefaultConfig();
  config.mutable_access()->set_token_file("/nonexistent.yaml");
  EXPECT_THAT(std::string(Server::Start(config, log).status().message()),
              HasSubstr("access.token_file: /nonexistent.yaml cannot be read"));
}

TEST(ServerAccessTest, ShedsWithADelayWhatIsBeyondACallersRate) {
  const AccessFiles files;
  server::Config config = RunningServer::DefaultConfig();
  config.mutable_admission()->set_calls_per_second(1);
  config.mutable_admission()->set_burst(3);
  files.WriteTokens({{"busy", "classify"}, {"calm", "classify"}}, config);
  RunningServer running(config);
  int answered = 0;
  std::optional<grpc::Status> shed;
  for (int i = 0; i < 50 && !shed.has_value(); ++i) {
    ClientContext context;
    const grpc::Status status = GetModel(running, "rub_busy", context);
    if (status.ok()) {
      ++answered;
      continue;
    }
    shed = status;
    const auto& trailers = context.GetServerTrailingMetadata();
    const auto pushback = trailers.find("grpc-retry-pushback-ms");
    ASSERT_NE(pushback, trailers.end());
    EXPECT_GT(std::stoi(std::string(pushback->second.data(), pushback->second.size())), 0);
  }
  ASSERT_TRUE(shed.has_value());
  EXPECT_EQ(shed->error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_GE(answered, 3);
  EXPECT_EQ(GetModel(running, "rub_calm"), StatusCode::OK) << "its rate is its own";

  std::optional<HttpResponse> refused;
  for (int i = 0; i < 50; ++i) {
    refused = PostGetModel(running, "rub_busy");
    if (refused->result() != http::status::ok) break;
  }
  EXPECT_EQ(refused->result(), http::status::too_many_requests);
  EXPECT_GE(std::stoi(std::string((*refused)[http::field::retry_after])), 1);
}

TEST(ServerAccessTest, ShedsStreamsBeyondTheLimitAndAnswersCallsAllTheSame) {
  server::Config config = RunningServer::DefaultConfig();
  config.mutable_admission()->set_max_streams(8);
  config.mutable_connections()->set_max_streams(1000);
  RunningServer running(config);
  std::vector<std::unique_ptr<RawCall>> idle;
  for (int i = 0; i < 8; ++i)
    idle.push_back(std::make_unique<RawCall>(running.channel(), kStreamPath));
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 8; }));
  RawCall one_more(running.channel(), kStreamPath);
  EXPECT_FALSE(one_more.Read().has_value());
  EXPECT_EQ(one_more.Finish().error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(GetModel(running, ""), StatusCode::OK);
  idle.clear();
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 0; }));
  RawCall after(running.channel(), kStreamPath);
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 1; }));
}

}  // namespace
}  // namespace rubricator
