// What Prometheus reads of a running server.
#include "server/metrics/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rubricator/v1/classification_service.grpc.pb.h"
#include "server/http/raw_http.h"
#include "server/running_server.h"

namespace rubricator {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kClassify[] = "ClassificationService/ClassifyArticle";
constexpr char kMeeting[] =
    R"({"article":{"title":"Президенты России и Киргизии обсудили охрану границы","body":)"
    R"("Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили )"
    R"(безопасность в Центральной Азии и подписали соглашение об обмене студентами."}})";

std::string Scrape(const std::string& address) {
  RawHttp connection(address);
  const std::optional<HttpResponse> response = connection.Ask(Get("/metrics"));
  EXPECT_TRUE(response.has_value() && response->result_int() == 200);
  return response.value_or(HttpResponse()).body();
}

TEST(MetricsTest, CountsCallsOfBothTransportsByCode) {
  RunningServer running;
  RawHttp http(running.server().http_address());
  ASSERT_TRUE(http.Ask(JsonCall(kClassify, kMeeting)).has_value());
  ASSERT_TRUE(http.Ask(JsonCall(kClassify, "{}")).has_value());
  const auto stub = v1::ClassificationService::NewStub(running.channel());
  grpc::ClientContext context;
  v1::ClassifyArticleResponse response;
  EXPECT_FALSE(stub->ClassifyArticle(&context, {}, &response).ok());
  const std::string text = Scrape(running.server().http_address());
  const std::string method = R"(method="rubricator.v1.ClassificationService/ClassifyArticle")";
  EXPECT_THAT(text, HasSubstr(absl::StrCat(R"(rubricator_calls_total{code="OK",)", method,
                                           R"(,transport="http"} 1)")));
  for (const char* transport : {"grpc", "http"}) {
    EXPECT_THAT(text, HasSubstr(absl::StrCat(R"(rubricator_calls_total{code="INVALID_ARGUMENT",)",
                                             method, R"(,transport=")", transport, R"("} 1)")));
  }
  EXPECT_THAT(text, HasSubstr(absl::StrCat("rubricator_call_duration_seconds_count{", method,
                                           R"(,transport="http"} 2)")));
  EXPECT_THAT(text, HasSubstr(R"(rubricator_articles_total{outcome="CLASSIFIED"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(rubricator_topics_total{topic="foreign_policy"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(rubricator_regions_total{region="KG",role="focus"} 1)"));
  EXPECT_THAT(text, HasSubstr("rubricator_drift_articles 1"));
  EXPECT_THAT(text, HasSubstr("rubricator_drift_abstention_ratio 0"));
  EXPECT_THAT(text, HasSubstr(R"(rubricator_drift_topic_confidence{topic="foreign_policy"} 0.)"));
  EXPECT_THAT(text, HasSubstr(R"(rubricator_model_info{version=")"));
  EXPECT_THAT(text, HasSubstr(R"(rubricator_model_loads_total{result="loaded"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(rubricator_queue_length{pool="workers"} 0)"));
  EXPECT_THAT(text, HasSubstr("rubricator_ready 1"));
  EXPECT_THAT(text, HasSubstr("rubricator_corrections_total 0"));
}

TEST(MetricsTest, CountsAStreamWhileItIsOpen) {
  RunningServer running;
  const auto stub = v1::ClassificationService::NewStub(running.channel());
  grpc::ClientContext context;
  const auto stream = stub->StreamClassifyArticles(&context);
  v1::StreamClassifyArticlesRequest request;
  request.mutable_article()->set_title("Too short");
  v1::StreamClassifyArticlesResponse response;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_THAT(Scrape(running.server().http_address()),
              HasSubstr(R"(rubricator_articles_total{outcome="INSUFFICIENT_TEXT"} 3)"));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(running.CallLines(1).at(0)["articles"], 3);
  EXPECT_THAT(Scrape(running.server().http_address()),
              HasSubstr(R"(rubricator_articles_total{outcome="INSUFFICIENT_TEXT"} 3)"));
}

TEST(MetricsTest, MayHaveAnAddressOfTheirOwn) {
  server::Config config = RunningServer::DefaultConfig();
  config.mutable_metrics()->set_listen("127.0.0.1:0");
  RunningServer running(config, /*with_model=*/false);
  const std::string& address = running.server().metrics_address();
  EXPECT_THAT(Scrape(address), HasSubstr("rubricator_ready 0"));
  RawHttp metrics(address);
  EXPECT_EQ(metrics.Ask(Get("/readyz"))->result_int(), 503U);
  EXPECT_EQ(metrics.Ask(Get("/"))->result_int(), 404U);
  EXPECT_NE(metrics.Ask(JsonCall(kClassify, "{}"))->result_int(), 200U);
  RawHttp http(running.server().http_address());
  EXPECT_EQ(http.Ask(Get("/metrics"))->result_int(), 404U);
}

TEST(MetricsTest, NamesNoCallerAndNoArticle) {
  RunningServer running;
  RawHttp http(running.server().http_address());
  http.Ask(JsonCall(kClassify,
                    R"({"article":{"id":"secret-id","title":"secret title","language":"tlh"}})"));
  http.Ask(JsonCall("ModelService/Secret", "{}"));
  EXPECT_THAT(Scrape(running.server().http_address()), Not(HasSubstr("ecret")));
}

TEST(CountersTest, KeepBoundedSeriesFromManyThreads) {
  prometheus::Registry registry;
  Counters counters(registry, "test_total", "Test", {"label"});
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 3000; ++i) counters.Add({absl::StrCat("value", i)});
    });
  }
  threads.clear();
  const std::vector<prometheus::MetricFamily> families = registry.Collect();
  ASSERT_EQ(families.size(), 1U);
  EXPECT_EQ(families[0].metric.size(), 1001U);
  double sum = 0;
  for (const prometheus::ClientMetric& metric : families[0].metric) sum += metric.counter.value;
  EXPECT_EQ(sum, 12'000);
}

}  // namespace
}  // namespace rubricator
