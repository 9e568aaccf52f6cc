// A candidate beside the live model.
#include "service/shadow_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <thread>

#include "service/model_folder.h"
#include "service/service.h"

namespace rubricator {
namespace {

bool WaitUntil(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

// A live model that gives any number of topics, and a candidate that gives one at most.
class ShadowModelTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.Add("1");
    folder_.Add("2", [](auto& manifest) {
      manifest["max_topics"] = 1;
      manifest["smoke_articles"] = nlohmann::json::array();
    });
    ASSERT_TRUE(service_.models().Activate("1").ok());
  }
  absl::Status Set(const std::string& version, double share = 0.0) {
    v1::SetShadowModelRequest request;
    request.set_version(version);
    request.set_share(share);
    v1::SetShadowModelResponse response;
    return service_.model().SetShadowModel(request, CallContext{}, response);
  }
  absl::StatusOr<v1::ShadowReport> Report() {
    v1::GetShadowReportResponse response;
    const absl::Status status = service_.model().GetShadowReport({}, CallContext{}, response);
    if (!status.ok()) return status;
    return response.report();
  }
  // Returns how many topics the live model gave.
  int Classify() {
    v1::ClassifyArticleRequest request;
    request.mutable_article()->set_title("Президенты России и Киргизии обсудили охрану границы");
    request.mutable_article()->set_body(
        "Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили "
        "двусторонние отношения, безопасность в Центральной Азии, охрану границы и "
        "военно-техническое сотрудничество. Главы государств подписали соглашение о гуманитарном "
        "сотрудничестве, об обмене студентами и о фестивале культуры.");
    v1::ClassifyArticleResponse response;
    EXPECT_TRUE(service_.classification().ClassifyArticle(request, CallContext{}, response).ok());
    EXPECT_EQ(response.analysis().model_version(), "1");
    return response.analysis().topics_size();
  }
  bool Compared(uint64_t articles) {
    return WaitUntil([&] { return Report()->compared_articles() == articles; });
  }

  ModelFolder folder_;
  Service service_{{.models = {.root = folder_.root()}}};
};

TEST_F(ShadowModelTest, ReportsAgreementPerLabel) {
  EXPECT_EQ(Report().status().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(Set("2").ok());
  int topics = 0;
  for (int i = 0; i < 20; ++i) topics = Classify();
  ASSERT_GT(topics, 1);
  ASSERT_TRUE(Compared(20));
  const v1::ShadowReport report = *Report();
  EXPECT_EQ(report.version(), "2");
  EXPECT_EQ(report.active_version(), "1");
  EXPECT_TRUE(report.running());
  EXPECT_EQ(report.identical_articles(), 0U);
  ASSERT_EQ(report.topics_size(), topics);
  uint64_t both = 0, active_only = 0;
  for (const v1::LabelAgreement& label : report.topics()) {
    both += label.both();
    active_only += label.active_only();
    EXPECT_EQ(label.shadow_only(), 0U);
    EXPECT_DOUBLE_EQ(label.agreement(), label.both() == 20 ? 1.0 : 0.0) << label.label();
  }
  EXPECT_EQ(both, 20U);
  EXPECT_EQ(active_only, 20U * (topics - 1));
  ASSERT_EQ(report.regions_size(), 2);
  EXPECT_EQ(report.regions(0).label(), "KG");
  EXPECT_DOUBLE_EQ(report.regions(0).agreement(), 1.0);
}

TEST_F(ShadowModelTest, TakesTheShareAskedFor) {
  ASSERT_TRUE(Set("2", 0.25).ok());
  for (int i = 0; i < 20; ++i) Classify();
  EXPECT_TRUE(Compared(5));
}

TEST_F(ShadowModelTest, EndsAndBeginsAnew) {
  ASSERT_TRUE(Set("2").ok());
  Classify();
  ASSERT_TRUE(Compared(1));
  ASSERT_TRUE(Set("").ok());
  Classify();
  EXPECT_FALSE(Report()->running());
  EXPECT_EQ(Report()->compared_articles(), 1U);
  ASSERT_TRUE(Set("2").ok());
  EXPECT_EQ(Report()->compared_articles(), 0U);
}

TEST_F(ShadowModelTest, RefusesWhatCannotBeCompared) {
  folder_.AddDamaged("3");
  EXPECT_EQ(Set("1").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Set("2", 1.5).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Set("2", -0.5).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Set("2", std::nan("")).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Set("3").code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Set("9").code(), absl::StatusCode::kNotFound);
}

TEST_F(ShadowModelTest, PassesArticlesOverRatherThanWait) {
  ShadowModel shadow;
  const auto candidate = Snapshot::Load({.model_dir = folder_.root() / "2"});
  ASSERT_TRUE(candidate.ok());
  shadow.Set(*candidate, 1.0);
  v1::Article article;
  article.set_body(std::string(1 << 20, 'x'));  // the sixteenth does not fit
  v1::Analysis analysis;
  analysis.set_model_version("1");
  for (int i = 0; i < 200; ++i) shadow.Offer(article, analysis);
  EXPECT_TRUE(WaitUntil([&] { return shadow.IsIdle(); }));
  const v1::ShadowReport report = *shadow.Report();
  EXPECT_GT(report.dropped_articles(), 0U);
  EXPECT_EQ(report.dropped_articles() + report.compared_articles(), 200U);
}

}  // namespace
}  // namespace rubricator
