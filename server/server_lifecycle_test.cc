// From the bound port to the drained end: health, reflection, start-up errors, drain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "rubricator/v1/classification_service.grpc.pb.h"
#include "server/http/raw_http.h"
#include "server/raw_call.h"
#include "server/running_server.h"
#include "server/server.h"

namespace rubricator {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::HasSubstr;

constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
constexpr char kHealthWatch[] = "/grpc.health.v1.Health/Watch";
constexpr char kReflection[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
constexpr char kStreamPath[] = "/rubricator.v1.ClassificationService/StreamClassifyArticles";

// One length-delimited field of the wire format; content under 128 bytes.
std::string Field(int number, const std::string& content) {
  return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(content.size())} +
         content;
}

// grpc.health.v1.HealthCheckResponse.status on the wire.
const std::string kServing = "\x08\x01";
const std::string kNotServing = "\x08\x02";

std::string HealthOf(RunningServer& running, const std::string& service) {
  RawCall call(running.channel(), kHealthCheck);
  return call.Ask(service.empty() ? "" : Field(1, service)).value_or("no answer");
}

server::Config Config() { return RunningServer::DefaultConfig(); }

TEST(ServerLifecycleTest, IsNotServingUntilTheModelHasAnswered) {
  RunningServer running(Config(), /*with_model=*/false);
  EXPECT_EQ(HealthOf(running, ""), kNotServing);
  EXPECT_EQ(HealthOf(running, "rubricator.v1.ClassificationService"), kNotServing);
  const auto stub = v1::ClassificationService::NewStub(running.channel());
  v1::ClassifyArticleResponse response;
  ClientContext context;
  const grpc::Status status = stub->ClassifyArticle(&context, {}, &response);
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_EQ(status.error_message(), "the model is still loading");

  RawCall watch(running.channel(), kHealthWatch);
  watch.Write("");
  watch.WritesDone();
  EXPECT_EQ(watch.Read(), kNotServing);
  ASSERT_TRUE(running.server().LoadModel().ok());
  EXPECT_EQ(watch.Read(), kServing);
  for (const char* service :
       {"", "rubricator.v1.ClassificationService", "rubricator.v1.RoutingService",
        "rubricator.v1.ModelService", "rubricator.v1.CorrectionService"}) {
    EXPECT_EQ(HealthOf(running, service), kServing) << service;
  }
  std::jthread drain([&] { EXPECT_TRUE(running.server().Drain()); });
  EXPECT_EQ(watch.Read(), kNotServing);
  drain.join();  // although the watch is still open
}

TEST(ServerLifecycleTest, ReflectsItsServicesAndTypes) {
  RunningServer running(Config(), /*with_model=*/false);
  RawCall call(running.channel(), kReflection);
  ASSERT_TRUE(call.Write(Field(7, "*")));  // list_services
  const std::string services = call.Read().value_or("");
  for (const char* name : {"rubricator.v1.ClassificationService", "rubricator.v1.RoutingService",
                           "rubricator.v1.ModelService", "rubricator.v1.CorrectionService"}) {
    EXPECT_THAT(services, HasSubstr(name));
  }
  ASSERT_TRUE(call.Write(Field(4, "rubricator.v1.ClassifyArticleRequest")));  // file of a symbol
  EXPECT_THAT(call.Read().value_or(""), HasSubstr("rubricator/v1/article.proto"));
}

TEST(ServerLifecycleTest, SaysThatThePortIsTaken) {
  RunningServer first(Config(), /*with_model=*/false);
  server::Config config = Config();
  config.set_listen(first.server().address());
  JsonLog log(server::OFF);
  const auto second = Server::Start(config, log);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(second.status().message(), absl::StrCat("cannot listen on ", first.server().address(),
                                                    ": Address already in use"));
}

TEST(ServerLifecycleTest, ListensOnASocketFile) {
  const std::string path = absl::StrCat(testing::TempDir(), "rubricator.", getpid(), ".sock");
  server::Config config = Config();
  config.set_listen("unix:" + path);
  RunningServer running(config, /*with_model=*/false);
  EXPECT_EQ(running.server().address(), config.listen());
  EXPECT_EQ(HealthOf(running, ""), kNotServing);
  JsonLog log(server::OFF);
  EXPECT_EQ(Server::Start(config, log).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(HealthOf(running, ""), kNotServing);  // the first one is unharmed
}

TEST(ServerLifecycleTest, WarnsOfAnAddressThatOthersCanReach) {
  server::Config config = Config();
  config.set_listen("0.0.0.0:0");
  config.mutable_access()->set_open(true);
  RunningServer open(config, /*with_model=*/false);
  EXPECT_TRUE(WaitUntil([&] { return open.log_lines().Lines("open_address").size() == 1; }));
  EXPECT_EQ(open.log_lines().Lines("open_address").at(0)["level"], "warn");
  RunningServer local(Config(), /*with_model=*/false);
  EXPECT_TRUE(WaitUntil([&] { return local.log_lines().Lines("listening").size() == 2; }));
  EXPECT_TRUE(local.log_lines().Lines("open_address").empty());
}

TEST(ServerLifecycleTest, RefusesToServeWithoutItsFiles) {
  server::Config config = Config();
  config.set_model_dir("/nonexistent/bundle");
  RunningServer no_model(config, /*with_model=*/false);
  EXPECT_THAT(std::string(no_model.server().LoadModel().message()),
              HasSubstr("/nonexistent/bundle"));
  EXPECT_EQ(HealthOf(no_model, ""), kNotServing);
  config = Config();
  config.set_port_file("/nonexistent/port");
  RunningServer no_port_file(config, /*with_model=*/false);
  EXPECT_EQ(std::string(no_port_file.server().LoadModel().message()),
            "port_file: /nonexistent/port cannot be written");
}

TEST(ServerLifecycleTest, WritesItsPortOnceItServes) {
  const std::string path = absl::StrCat(testing::TempDir(), "port.", getpid());
  server::Config config = Config();
  config.set_port_file(path);
  RunningServer running(config, /*with_model=*/false);
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE(running.server().LoadModel().ok());
  std::string port;
  std::getline(std::ifstream(path), port);
  EXPECT_EQ("127.0.0.1:" + port, running.server().address());
  std::filesystem::remove(path);
}

v1::BatchClassifyArticlesRequest Batch(int articles) {
  v1::BatchClassifyArticlesRequest request;
  std::string body;
  while (body.size() < 12'000) {
    body += "Президент России встретился в Бишкеке с президентом Киргизии, речь шла о границе.\n";
  }
  for (int i = 0; i < articles; ++i) request.add_articles()->set_body(body);
  return request;
}

TEST(ServerDrainTest, AnswersTheCallInFlightAndRefusesNewOnes) {
  RunningServer running;
  const auto stub = v1::ClassificationService::NewStub(running.channel());
  v1::BatchClassifyArticlesResponse response;
  std::jthread caller([&] {
    ClientContext context;
    const grpc::Status status = stub->BatchClassifyArticles(&context, Batch(1000), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  });
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 1; }));
  std::jthread drain([&] { EXPECT_TRUE(running.server().Drain()); });
  EXPECT_TRUE(WaitUntil([&] { return !running.log_lines().Lines("draining").empty(); }));
  v1::ClassifyArticleResponse refused;
  ClientContext late;
  EXPECT_EQ(stub->ClassifyArticle(&late, {}, &refused).error_code(), StatusCode::UNAVAILABLE);
  caller.join();
  drain.join();
  EXPECT_EQ(response.results_size(), 1000);
}

TEST(ServerDrainTest, AnswersWhatIsInFlightOverHttpAndRefusesNewOnes) {
  RunningServer running;
  RawHttp caller(running.server().http_address());
  RawHttp late(running.server().http_address());
  ASSERT_EQ(late.Ask(Get("/readyz"))->result_int(), 200U);
  HttpRequest batch =
      JsonCall("ClassificationService/BatchClassifyArticles", Batch(1000).SerializeAsString());
  batch.set(http::field::content_type, "application/proto");
  ASSERT_TRUE(caller.Write(batch));
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 1; }));
  std::jthread drain([&] { EXPECT_TRUE(running.server().Drain()); });
  EXPECT_TRUE(WaitUntil([&] { return !running.log_lines().Lines("draining").empty(); }));
  const auto refused = late.Ask(JsonCall("ModelService/GetModel", "{}"));
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->result_int(), 503U);
  EXPECT_EQ(JsonOf(*refused)["code"], "unavailable");
  EXPECT_FALSE(refused->keep_alive());
  const auto answer = caller.Read();
  ASSERT_TRUE(answer.has_value());
  v1::BatchClassifyArticlesResponse response;
  ASSERT_TRUE(response.ParseFromString(answer->body()));
  EXPECT_EQ(response.results_size(), 1000);
  EXPECT_FALSE(answer->keep_alive());
}

TEST(ServerDrainTest, EndsAnIdleStream) {
  RunningServer running;
  RawCall stream(running.channel(), kStreamPath);
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 1; }));
  std::jthread drain([&] { EXPECT_TRUE(running.server().Drain()); });
  EXPECT_EQ(stream.Read(), std::nullopt);
  const grpc::Status status = stream.Finish();
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), HasSubstr("draining"));
  drain.join();
}

TEST(ServerDrainTest, CancelsWhatOutlastsTheGraceTime) {
  server::Config config = Config();
  config.set_drain_seconds(0);
  RunningServer running(config);
  const auto stub = v1::ClassificationService::NewStub(running.channel());
  std::jthread caller([&] {
    ClientContext context;
    v1::BatchClassifyArticlesResponse response;
    EXPECT_FALSE(stub->BatchClassifyArticles(&context, Batch(1000), &response).ok());
  });
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 1; }));
  EXPECT_FALSE(running.server().Drain());
  caller.join();
}

TEST(ServerDrainTest, CutsWhatOutlastsTheGraceTimeOverHttp) {
  server::Config config = Config();
  config.set_drain_seconds(0);
  RunningServer running(config);
  RawHttp caller(running.server().http_address());
  HttpRequest batch =
      JsonCall("ClassificationService/BatchClassifyArticles", Batch(1000).SerializeAsString());
  batch.set(http::field::content_type, "application/proto");
  ASSERT_TRUE(caller.Write(batch));
  EXPECT_TRUE(WaitUntil([&] { return running.server().OpenCallCount() == 1; }));
  EXPECT_FALSE(running.server().Drain());
  EXPECT_FALSE(caller.Read().has_value());
  EXPECT_EQ(running.CallLines(1).at(0)["code"], "CANCELLED");
}

}  // namespace
}  // namespace rubricator
