// Switching models on disk, and the calls that do it.
#include "service/model_switch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "service/model_folder.h"
#include "service/service.h"

namespace rubricator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kOtherRules[] = R"yaml(
desks: [{id: only, name: Only}]
fallback: {desk: only}
low_confidence: {desk: only, below: 0}
)yaml";

class ModelSwitchTest : public testing::Test {
 protected:
  ModelSwitchOptions Options() const {
    return {.root = folder_.root(),
            .model_dir = std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "models/default",
            .active_file = folder_.root().parent_path() / "active-model"};
  }
  std::string Live() const {
    const auto snapshot = live_.Get();
    return snapshot.ok() ? (*snapshot)->classifier().manifest().version : "";
  }
  std::string WriteRules(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder_.root().parent_path() / name;
    std::ofstream(path) << text;
    return path;
  }

  ModelFolder folder_;
  LiveSnapshot live_;
};

TEST(ModelVersionTest, CountsNumbersAsNumbers) {
  for (const auto& [older, newer] : {std::pair("2026-11-22.9", "2026-11-22.10"),
                                     {"2026-11-22.1", "2026-11-23.1"},
                                     {"1", "2"},
                                     {"9", "10"},
                                     {"2026-11-22", "2026-11-22.1"},
                                     {"1-a", "1-b"}}) {
    EXPECT_TRUE(OlderVersion(older, newer)) << older << " " << newer;
    EXPECT_FALSE(OlderVersion(newer, older)) << older << " " << newer;
    EXPECT_FALSE(OlderVersion(older, older));
  }
}

TEST_F(ModelSwitchTest, BeginsWithTheNewestThatIsSound) {
  folder_.Add("1");
  folder_.Add("2");
  folder_.AddDamaged("10");
  std::vector<std::string> attempts;
  ModelSwitchOptions options = Options();
  options.on_attempt = [&](const std::string& version, const absl::StatusOr<Activation>& attempt) {
    attempts.push_back(version + (attempt.ok() ? " ok" : " refused"));
  };
  ModelSwitch models(live_, options);
  const auto begun = models.Begin();
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(Live(), "2");
  EXPECT_THAT(attempts, ElementsAre("10 refused", "2 ok"));
}

TEST_F(ModelSwitchTest, BeginsWithTheVersionThatWasActivatedLast) {
  folder_.Add("1");
  folder_.Add("2");
  {
    ModelSwitch models(live_, Options());
    ASSERT_TRUE(models.Activate("1").ok());
  }
  ModelSwitch models(live_, Options());
  ASSERT_TRUE(models.Begin().ok());
  EXPECT_EQ(Live(), "1");
  folder_.Remove("1");
  LiveSnapshot restarted;
  ModelSwitch others(restarted, Options());
  const auto begun = others.Begin();
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(begun->version, "2");
  folder_.Add("3");  // what was only the newest at a start is not remembered
  LiveSnapshot again;
  ModelSwitch third(again, Options());
  EXPECT_EQ(third.Begin()->version, "3");
}

TEST_F(ModelSwitchTest, BeginsWithModelDirWhereThereIsNoRoot) {
  ModelSwitchOptions options = Options();
  options.root.clear();
  ModelSwitch models(live_, options);
  ASSERT_TRUE(models.Begin().ok());
  EXPECT_THAT(Live(), HasSubstr("2026"));
  options.model_dir = "/nonexistent";
  ModelSwitch none(live_, options);
  EXPECT_EQ(none.Begin().status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ModelSwitchTest, SaysWhatItDid) {
  folder_.Add("1");
  folder_.Add("2");
  ModelSwitch models(live_, Options());
  ASSERT_TRUE(models.Activate("1").ok());
  const auto second = models.Activate("2");
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->version, "2");
  EXPECT_EQ(second->previous_version, "1");
  EXPECT_FALSE(second->from_memory);
  EXPECT_GT(second->verified_files, 3U);
  EXPECT_GT(second->smoke_articles, 0U);
  EXPECT_TRUE(second->remembered.ok()) << second->remembered;
}

TEST_F(ModelSwitchTest, GoesBackWithoutTheDisk) {
  folder_.Add("1");
  folder_.Add("2");
  ModelSwitch models(live_, Options());
  ASSERT_TRUE(models.Activate("1").ok());
  ASSERT_TRUE(models.Activate("2").ok());
  folder_.Remove("1");
  folder_.Remove("2");
  const auto back = models.Activate("1");
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_TRUE(back->from_memory);
  EXPECT_EQ(Live(), "1");
  EXPECT_TRUE(models.Activate("2").ok());
  ASSERT_EQ(models.List().size(), 2U);  // the live one, and the shipped one
}

TEST_F(ModelSwitchTest, ReadsABundleAnewThatWasReplaced) {
  folder_.Add("1");
  ModelSwitch models(live_, Options());
  ASSERT_TRUE(models.Activate("1").ok());
  EXPECT_TRUE(models.Activate("1")->from_memory);
  folder_.Remove("1");
  folder_.Add("1", [](auto& manifest) {
    manifest["max_topics"] = 1;
    manifest["smoke_articles"] = nlohmann::json::array();
  });
  const auto anew = models.Activate("1");
  ASSERT_TRUE(anew.ok()) << anew.status();
  EXPECT_FALSE(anew->from_memory);
  EXPECT_EQ((*live_.Get())->classifier().manifest().max_topics, 1);
}

TEST_F(ModelSwitchTest, KeepsTheLiveOneWhenAnotherIsRefused) {
  folder_.Add("1");
  folder_.AddDamaged("2");
  folder_.AddUnproven("3");
  folder_.Add("4", [](auto& manifest) { manifest["version"] = "5"; });
  folder_.Add("6", [](auto& manifest) { manifest.erase("topics"); });
  ModelSwitch models(live_, Options());
  ASSERT_TRUE(models.Activate("1").ok());
  struct Case {
    const char* version;
    absl::StatusCode want;
    const char* want_message;
  };
  for (const Case& c : {Case{"2", absl::StatusCode::kDataLoss, "topics.rows"},
                        Case{"3", absl::StatusCode::kFailedPrecondition, "smoke_articles[0]"},
                        Case{"4", absl::StatusCode::kFailedPrecondition, "holds version 5"},
                        Case{"6", absl::StatusCode::kFailedPrecondition, "topics"},
                        Case{"7", absl::StatusCode::kNotFound, "there is no model 7"},
                        Case{"..", absl::StatusCode::kNotFound, ""},
                        Case{"1/../1", absl::StatusCode::kNotFound, ""}}) {
    SCOPED_TRACE(c.version);
    const absl::Status status = models.Activate(c.version).status();
    EXPECT_EQ(status.code(), c.want) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.want_message));
    EXPECT_EQ(Live(), "1");
  }
  std::vector<std::string> refused;
  for (const ModelStanding& standing : models.List()) {
    if (!standing.problem.empty()) refused.push_back(standing.entry.version);
  }
  EXPECT_THAT(refused, ElementsAre("6", "4", "3", "2"));
}

TEST_F(ModelSwitchTest, TakesTheNewestOnce) {
  folder_.Add("2026-11-23.1");
  ModelSwitch models(live_, Options());
  ASSERT_TRUE(models.Begin().ok());
  EXPECT_EQ(Live(), "2026-11-23.1");
  EXPECT_TRUE(models.ActivateNewer().ok());
  EXPECT_EQ(Live(), "2026-11-23.1");
  folder_.Add("2026-11-22.7");  // older
  folder_.Add("2026-11-24.1");
  EXPECT_TRUE(models.ActivateNewer().ok());
  EXPECT_EQ(Live(), "2026-11-24.1");
  folder_.AddDamaged("2026-11-25.1");
  EXPECT_EQ(models.ActivateNewer().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(models.ActivateNewer().ok());  // it is known to be refused
  EXPECT_EQ(Live(), "2026-11-24.1");
}

TEST_F(ModelSwitchTest, TakesOtherRulesAndKeepsTheOldOnesWhenTheyAreBad) {
  folder_.Add("1");
  ModelSwitch models(live_, Options());
  EXPECT_EQ(models.ReloadRouting("").code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(models.Activate("1").ok());
  EXPECT_THAT((*live_.Get())->routing().desk_ids(), ElementsAre("news", "review"));
  const Classifier* classifier = &(*live_.Get())->classifier();
  ASSERT_TRUE(models.ReloadRouting(WriteRules("rules.yaml", kOtherRules)).ok());
  EXPECT_THAT((*live_.Get())->routing().desk_ids(), ElementsAre("only"));
  EXPECT_EQ(&(*live_.Get())->classifier(), classifier);  // and the model was not read again
  EXPECT_EQ(models.ReloadRouting(WriteRules("bad.yaml", "desks: 7")).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_THAT((*live_.Get())->routing().desk_ids(), ElementsAre("only"));
  folder_.Add("2");
  ASSERT_TRUE(models.Activate("2").ok());
  EXPECT_THAT((*live_.Get())->routing().desk_ids(), ElementsAre("only"));
}

TEST_F(ModelSwitchTest, SaysWhenARestartWillNotKnow) {
  folder_.Add("1");
  ModelSwitchOptions options = Options();
  options.active_file = "/proc/nowhere/active-model";
  ModelSwitch models(live_, options);
  const auto activation = models.Activate("1");
  ASSERT_TRUE(activation.ok());
  EXPECT_THAT(std::string(activation->remembered.message()), HasSubstr("/proc/nowhere"));
}

TEST_F(ModelSwitchTest, ServesCallsWhileItSwitches) {
  for (const char* version : {"1", "2", "3"}) folder_.Add(version);
  Service service({.models = Options()});
  ASSERT_TRUE(service.models().Begin().ok());
  std::atomic<bool> done = false;
  std::atomic<int> answered = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 2; ++i) {
    callers.emplace_back([&] {
      v1::ClassifyArticleRequest request;
      request.mutable_article()->set_body("The presidents met in Bishkek and spoke of borders.");
      while (!done) {
        v1::ClassifyArticleResponse response;
        const absl::Status status =
            service.classification().ClassifyArticle(request, CallContext{}, response);
        EXPECT_TRUE(status.ok()) << status;
        ++answered;
      }
    });
  }
  for (int i = 0; i < 9; ++i) {
    v1::ActivateModelRequest request;
    request.set_version(std::to_string(i % 3 + 1));
    v1::ActivateModelResponse response;
    const absl::Status status = service.model().ActivateModel(request, CallContext{}, response);
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(response.model().version(), request.version());
    EXPECT_EQ(response.model().state(), v1::MODEL_STATE_ACTIVE);
    EXPECT_EQ(response.not_remembered(), "");
  }
  done = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_GT(answered, 0);
}

TEST_F(ModelSwitchTest, ListsByPages) {
  for (const char* version : {"1", "2"}) folder_.Add(version);
  folder_.AddDamaged("3");
  Service service({.models = Options()});
  ASSERT_TRUE(service.models().Activate("2").ok());
  EXPECT_FALSE(service.models().Activate("3").ok());
  std::vector<std::string> listed;
  v1::ListModelsRequest request;
  request.set_page_size(3);
  do {
    v1::ListModelsResponse response;
    ASSERT_TRUE(service.model().ListModels(request, CallContext{}, response).ok());
    for (const v1::Model& model : response.models()) {
      listed.push_back(model.version() + " " + v1::ModelState_Name(model.state()).substr(12));
      EXPECT_EQ(model.problem().empty(), model.state() != v1::MODEL_STATE_REFUSED);
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(listed.size(), 4U);
  EXPECT_THAT(listed[0], testing::StartsWith("2026-"));
  listed.erase(listed.begin());
  EXPECT_THAT(listed, ElementsAre("3 REFUSED", "2 ACTIVE", "1 AVAILABLE"));
  v1::GetModelRequest get;
  get.set_version("1");
  v1::GetModelResponse got;
  ASSERT_TRUE(service.model().GetModel(get, CallContext{}, got).ok());
  EXPECT_EQ(got.model().state(), v1::MODEL_STATE_AVAILABLE);
  EXPECT_NE(got.model().card_markdown(), "");
}

}  // namespace
}  // namespace rubricator
