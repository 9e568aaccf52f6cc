// All calls without a transport, over the bundle that ships.
#include "service/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/code_point.h"
#include "google/rpc/error_details.pb.h"
#include "service/analysis_writer.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr char kTitle[] = "Президенты России и Киргизии обсудили охрану границы";
constexpr char kBody[] =
    "<p>Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили "
    "двусторонние отношения, безопасность в&nbsp;Центральной Азии, охрану границы и "
    "военно-техническое сотрудничество. 😀 Главы государств подписали соглашение о "
    "<b>гуманитарном</b> сотрудничестве, об обмене студентами и о фестивале культуры.</p>";

class ServiceTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path root = RUBRICATOR_SOURCE_DIR;
    auto snapshot = Snapshot::Load({.model_dir = root / "models/default"});
    ASSERT_TRUE(snapshot.ok()) << snapshot.status();
    snapshot_ = *std::move(snapshot);
  }
  static void TearDownTestSuite() { snapshot_.reset(); }
  void SetUp() override { service_.Activate(snapshot_); }

  static v1::Article Meeting() {
    v1::Article article;
    article.set_id("a-1");
    article.set_title(kTitle);
    article.set_body(kBody);
    return article;
  }

  inline static std::shared_ptr<const Snapshot> snapshot_;
  Service service_;
};

std::string FieldOf(const absl::Status& status) {
  google::rpc::Status rpc_status = ToRpcStatus(status);
  google::rpc::BadRequest details;
  if (rpc_status.details_size() != 1 || !rpc_status.details(0).UnpackTo(&details)) return "";
  return details.field_violations(0).field();
}

std::vector<std::string> TopicIds(const v1::Analysis& analysis) {
  std::vector<std::string> ids;
  for (const v1::Topic& topic : analysis.topics()) ids.push_back(topic.id());
  return ids;
}

std::vector<std::string> RegionNames(const v1::Analysis& analysis) {
  std::vector<std::string> names;
  for (const v1::Region& region : analysis.regions()) names.push_back(region.display_name());
  return names;
}

TEST(ServiceWithoutModelTest, IsUnavailable) {
  const Service service;
  v1::ClassifyArticleResponse response;
  v1::ClassifyArticleRequest request;
  request.mutable_article()->set_body("слово");
  EXPECT_EQ(service.classification().ClassifyArticle(request, CallContext{}, response).code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(service.WarmUp().code(), absl::StatusCode::kUnavailable);
}

TEST(SnapshotTest, SaysWhatIsMissing) {
  const auto none = Snapshot::Load({.model_dir = "/nonexistent"});
  EXPECT_EQ(none.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(none.status().message()), HasSubstr("/nonexistent"));
  const std::filesystem::path root = RUBRICATOR_SOURCE_DIR;
  const auto no_rules =
      Snapshot::Load({.model_dir = root / "models/default", .routing_file = "/no/routing.yaml"});
  EXPECT_EQ(no_rules.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(no_rules.status().message()), HasSubstr("/no/routing.yaml"));
}

TEST_F(ServiceTest, ClassifiesAMeetingWithNamesDesksAndRecord) {
  v1::ClassifyArticleRequest request;
  *request.mutable_article() = Meeting();
  CallRecord record;
  CallContext context;
  context.record = &record;
  v1::ClassifyArticleResponse response;
  const absl::Status status = service_.classification().ClassifyArticle(request, context, response);
  ASSERT_TRUE(status.ok()) << status;
  const v1::Analysis& analysis = response.analysis();
  EXPECT_EQ(analysis.article_id(), "a-1");
  EXPECT_EQ(analysis.outcome(), v1::OUTCOME_CLASSIFIED);
  EXPECT_EQ(analysis.language(), "ru");
  EXPECT_EQ(analysis.model_version(), snapshot_->classifier().manifest().version);
  EXPECT_THAT(TopicIds(analysis), Contains("foreign_policy"));
  EXPECT_THAT(RegionNames(analysis), Contains("Киргизия"));
  EXPECT_THAT(RegionNames(analysis), Contains("Россия"));
  ASSERT_EQ(analysis.desks_size(), 1);
  EXPECT_EQ(analysis.desks(0).desk(), "news");
  EXPECT_EQ(analysis.desks(0).display_name(), "Новости");
  for (const v1::Topic& topic : analysis.topics()) {
    EXPECT_NE(topic.display_name(), "");
    EXPECT_EQ(topic.evidence_size(), 0);
  }
  EXPECT_EQ(record.article_id, "a-1");
  EXPECT_EQ(record.articles, 1);
  EXPECT_EQ(record.failed_articles, 0);
  EXPECT_THAT(record.outcomes, Contains(testing::Pair("CLASSIFIED", 1)));
  EXPECT_THAT(record.languages, Contains(testing::Pair("ru", 1)));
  EXPECT_EQ(record.model_version, analysis.model_version());
}

TEST_F(ServiceTest, NamesThingsInTheLanguageAskedFor) {
  for (const auto& [asked, want] :
       {std::pair("en-GB", "Russia"), {"ru", "Россия"}, {"fr", "Russia"}}) {
    SCOPED_TRACE(asked);
    v1::ClassifyArticleRequest request;
    *request.mutable_article() = Meeting();
    request.mutable_options()->set_display_language(asked);
    v1::ClassifyArticleResponse response;
    ASSERT_TRUE(service_.classification().ClassifyArticle(request, CallContext{}, response).ok());
    EXPECT_THAT(RegionNames(response.analysis()), Contains(want));
  }
  EXPECT_EQ(DisplayLanguage("", "ru"), "ru");
  EXPECT_EQ(DisplayLanguage("", "und"), "en");
}

// The text between two offsets in code points, as a Python caller would slice it.
std::string SliceByCodePoint(std::string_view text, uint32_t begin, uint32_t end) {
  std::string slice;
  size_t at = 0;
  for (uint32_t i = 0; at < text.size() && i < end; ++i) {
    const size_t from = at;
    NextCodePoint(text, at);
    if (i >= begin) slice.append(text.substr(from, at - from));
  }
  return slice;
}

TEST_F(ServiceTest, GivesEvidenceInTheUnitsAskedFor) {
  v1::ClassifyArticleRequest request;
  *request.mutable_article() = Meeting();
  request.mutable_options()->set_include_evidence(true);
  v1::ClassifyArticleResponse in_bytes;
  ASSERT_TRUE(service_.classification().ClassifyArticle(request, CallContext{}, in_bytes).ok());
  request.mutable_options()->set_offset_encoding(v1::OFFSET_ENCODING_UTF32);
  v1::ClassifyArticleResponse in_code_points;
  ASSERT_TRUE(
      service_.classification().ClassifyArticle(request, CallContext{}, in_code_points).ok());
  int compared = 0;
  for (int t = 0; t < in_bytes.analysis().topics_size(); ++t) {
    const v1::Topic& topic = in_bytes.analysis().topics(t);
    EXPECT_GT(topic.evidence_size(), 0) << topic.id();
    EXPECT_LE(topic.evidence_size(), 8) << topic.id();
    for (int e = 0; e < topic.evidence_size(); ++e, ++compared) {
      const v1::Evidence& bytes = topic.evidence(e);
      const v1::Evidence& points = in_code_points.analysis().topics(t).evidence(e);
      const std::string text = bytes.field() == v1::ARTICLE_FIELD_TITLE ? kTitle : kBody;
      EXPECT_EQ(SliceByCodePoint(text, points.begin(), points.end()),
                text.substr(bytes.begin(), bytes.end() - bytes.begin()));
      EXPECT_THAT(bytes.text(), testing::Not(testing::ContainsRegex("[<>&]")));
    }
  }
  EXPECT_GT(compared, 0);
}

TEST_F(ServiceTest, GivesContributionsThatAddUpToTheLogit) {
  v1::ClassifyArticleRequest request;
  *request.mutable_article() = Meeting();
  for (const bool include_evidence : {true, false}) {
    SCOPED_TRACE(include_evidence);
    request.mutable_options()->set_include_evidence(include_evidence);
    v1::ClassifyArticleResponse response;
    ASSERT_TRUE(service_.classification().ClassifyArticle(request, CallContext{}, response).ok());
    ASSERT_GT(response.analysis().topics_size(), 0);
    for (const v1::Topic& topic : response.analysis().topics()) {
      EXPECT_NEAR(1.0 / (1.0 + std::exp(-topic.logit())), topic.confidence(), 1e-9) << topic.id();
      double sum = topic.other_contribution();
      for (const v1::Evidence& evidence : topic.evidence()) sum += evidence.contribution();
      EXPECT_NEAR(sum, include_evidence ? topic.logit() : 0.0, 1e-3) << topic.id();
    }
  }
}

TEST_F(ServiceTest, NamesTheFieldOfABadArticle) {
  struct Case {
    const char* name;
    std::function<void(v1::ClassifyArticleRequest&)> spoil;
    const char* want_field;
  };
  const Case cases[] = {
      {"no article", [](auto& r) { r.clear_article(); }, "article"},
      {"blank",
       [](auto& r) {
         r.mutable_article()->Clear();
         r.mutable_article()->set_body(" \n");
       },
       "article"},
      {"long body", [](auto& r) { r.mutable_article()->set_body(std::string((1 << 20) + 1, 'x')); },
       "article.body"},
      {"deep tags",
       [](auto& r) {
         std::string body;
         for (int i = 0; i < 10'000; ++i) body.append("<div>");
         r.mutable_article()->set_body(body.append("слово"));
       },
       "article.body"},
      {"options", [](auto& r) { r.mutable_options()->set_max_evidence(51); },
       "options.max_evidence"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    v1::ClassifyArticleRequest request;
    *request.mutable_article() = Meeting();
    c.spoil(request);
    v1::ClassifyArticleResponse response;
    const absl::Status status =
        service_.classification().ClassifyArticle(request, CallContext{}, response);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_THAT(FieldOf(status), testing::StartsWith(c.want_field)) << status;
  }
}

TEST_F(ServiceTest, KeepsTheOrderOfABatchAndFailsABadArticleAlone) {
  v1::BatchClassifyArticlesRequest request;
  for (int i = 0; i < 5; ++i) {
    *request.add_articles() = Meeting();
    request.mutable_articles(i)->set_id(absl::StrCat("a-", i));
  }
  request.mutable_articles(2)->clear_title();
  request.mutable_articles(2)->clear_body();
  CallRecord record;
  CallContext context;
  context.record = &record;
  v1::BatchClassifyArticlesResponse response;
  ASSERT_TRUE(service_.classification().BatchClassifyArticles(request, context, response).ok());
  ASSERT_EQ(response.results_size(), 5);
  for (int i = 0; i < 5; ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(response.results(i).article_id(), absl::StrCat("a-", i));
    EXPECT_EQ(response.results(i).has_error(), i == 2);
    EXPECT_EQ(response.results(i).has_analysis(), i != 2);
  }
  EXPECT_EQ(response.results(2).error().code(), 3);
  EXPECT_EQ(response.results(2).error().details_size(), 1);
  EXPECT_EQ(record.articles, 5);
  EXPECT_EQ(record.failed_articles, 1);
}

TEST_F(ServiceTest, RefusesABatchOfNoneOrOfTooMany) {
  for (const int count : {0, 1001}) {
    v1::BatchClassifyArticlesRequest request;
    for (int i = 0; i < count; ++i) request.add_articles()->set_body("слово");
    v1::BatchClassifyArticlesResponse response;
    const absl::Status status =
        service_.classification().BatchClassifyArticles(request, CallContext{}, response);
    EXPECT_EQ(FieldOf(status), "articles") << status;
  }
}

TEST_F(ServiceTest, StopsABatchThatNobodyWaitsFor) {
  v1::BatchClassifyArticlesRequest request;
  for (int i = 0; i < 10; ++i) *request.add_articles() = Meeting();
  CallRecord record;
  CallContext context;
  context.record = &record;
  context.cancelled = [&record] { return record.articles == 3; };
  v1::BatchClassifyArticlesResponse response;
  EXPECT_EQ(service_.classification().BatchClassifyArticles(request, context, response).code(),
            absl::StatusCode::kCancelled);
  EXPECT_EQ(record.articles, 3);
  context.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  EXPECT_EQ(service_.classification().BatchClassifyArticles(request, context, response).code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(record.articles, 3);
}

TEST_F(ServiceTest, CarriesOptionsAlongAStream) {
  ArticleStream stream = service_.classification().OpenStream();
  const auto ask = [&](const v1::StreamClassifyArticlesRequest& request) {
    v1::StreamClassifyArticlesResponse response;
    EXPECT_TRUE(stream.Next(request, CallContext{}, response).ok());
    return response.result();
  };
  v1::StreamClassifyArticlesRequest request;
  *request.mutable_article() = Meeting();
  EXPECT_EQ(ask(request).analysis().topics(0).evidence_size(), 0);
  request.mutable_options()->set_include_evidence(true);
  EXPECT_GT(ask(request).analysis().topics(0).evidence_size(), 0);
  request.clear_options();
  EXPECT_GT(ask(request).analysis().topics(0).evidence_size(), 0);
  request.clear_article();
  EXPECT_EQ(ask(request).error().code(), 3);
}

TEST_F(ServiceTest, PreviewsTheLiveRulesAndOthers) {
  v1::PreviewRoutingRequest request;
  *request.mutable_article() = Meeting();
  v1::PreviewRoutingResponse live;
  ASSERT_TRUE(service_.routing().PreviewRouting(request, CallContext{}, live).ok());
  ASSERT_EQ(live.desks_size(), 1);
  EXPECT_EQ(live.desks(0).rule(), "fallback");
  request.set_rules_yaml(R"yaml(
desks:
  - {id: world, name: World}
  - {id: rest, name: Rest}
rules:
  - name: abroad
    when: {topics: {any: [foreign_policy]}}
    then: {desk: world}
  - name: sport
    when: {topics: {any: [sport]}}
    then: {desk: rest}
fallback: {desk: rest}
low_confidence: {desk: rest, below: 0.1}
)yaml");
  request.set_display_language("en");
  v1::PreviewRoutingResponse tried;
  const absl::Status status = service_.routing().PreviewRouting(request, CallContext{}, tried);
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_EQ(tried.desks_size(), 1);
  EXPECT_EQ(tried.desks(0).display_name(), "World");
  ASSERT_EQ(tried.decisions_size(), 2);
  EXPECT_TRUE(tried.decisions(0).matched());
  EXPECT_TRUE(tried.decisions(1).skipped());
  EXPECT_EQ(tried.analysis().desks(0).desk(), "world");
}

TEST_F(ServiceTest, SaysWhereRulesAreWrong) {
  v1::PreviewRoutingRequest request;
  *request.mutable_article() = Meeting();
  v1::PreviewRoutingResponse response;
  request.set_rules_yaml("desks:\n  - {id: a}\nnonsense: 1\n");
  absl::Status status = service_.routing().PreviewRouting(request, CallContext{}, response);
  EXPECT_EQ(FieldOf(status), "rules_yaml");
  EXPECT_THAT(std::string(status.message()), HasSubstr("preview.yaml:3"));
  request.set_rules_yaml(std::string((1 << 20) + 1, '#'));
  status = service_.routing().PreviewRouting(request, CallContext{}, response);
  EXPECT_THAT(std::string(status.message()), HasSubstr("limit is 1048576"));
  request.clear_rules_yaml();
  request.clear_article();
  EXPECT_EQ(FieldOf(service_.routing().PreviewRouting(request, CallContext{}, response)),
            "article");
}

TEST_F(ServiceTest, DescribesTheActiveModel) {
  const ModelManifest& manifest = snapshot_->classifier().manifest();
  v1::GetModelResponse response;
  v1::GetModelRequest request;
  ASSERT_TRUE(service_.model().GetModel(request, CallContext{}, response).ok());
  EXPECT_EQ(response.model().version(), manifest.version);
  EXPECT_EQ(response.model().state(), v1::MODEL_STATE_ACTIVE);
  EXPECT_EQ(response.model().digest(), manifest.digest);
  EXPECT_EQ(static_cast<size_t>(response.model().topics_size()), manifest.topics.size());
  EXPECT_GT(response.model().create_time().seconds(), 0);
  EXPECT_GT(response.model().size_bytes(), 0U);
  EXPECT_NE(response.model().card_markdown(), "");
  request.set_version(manifest.version);
  EXPECT_TRUE(service_.model().GetModel(request, CallContext{}, response).ok());
  request.set_version("1999-01-01.1");
  EXPECT_EQ(service_.model().GetModel(request, CallContext{}, response).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(ServiceTest, ListsTheActiveModelWhereThereIsNoFolderOfModels) {
  v1::ListModelsResponse response;
  v1::ListModelsRequest request;
  ASSERT_TRUE(service_.model().ListModels(request, CallContext{}, response).ok());
  ASSERT_EQ(response.models_size(), 1);
  EXPECT_EQ(response.models(0).card_markdown(), "");
  EXPECT_EQ(response.next_page_token(), "");
  request.set_page_size(101);
  EXPECT_EQ(FieldOf(service_.model().ListModels(request, CallContext{}, response)), "page_size");
  request.set_page_size(1);
  request.set_page_token("no-such-token");
  EXPECT_EQ(FieldOf(service_.model().ListModels(request, CallContext{}, response)), "page_token");
}

TEST_F(ServiceTest, ActivatesNothingWhereThereIsNoFolderOfModels) {
  v1::ActivateModelRequest activate;
  v1::ActivateModelResponse activated;
  EXPECT_EQ(FieldOf(service_.model().ActivateModel(activate, CallContext{}, activated)), "version");
  activate.set_version("1999-01-01.1");
  EXPECT_EQ(service_.model().ActivateModel(activate, CallContext{}, activated).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(ServiceTest, KeepsNoCorrectionsWithoutAStore) {
  v1::RecordCorrectionResponse recorded;
  EXPECT_EQ(service_.correction().RecordCorrection({}, CallContext{}, recorded).code(),
            absl::StatusCode::kFailedPrecondition);
  v1::ListCorrectionsResponse listed;
  EXPECT_EQ(service_.correction().ListCorrections({}, CallContext{}, listed).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(ServiceTest, WarmsUpAlsoUnderNarrowLimits) {
  EXPECT_TRUE(service_.WarmUp().ok());
  const std::filesystem::path root = RUBRICATOR_SOURCE_DIR;
  auto narrow = Snapshot::Load({.model_dir = root / "models/default",
                                .limits = {.max_title_bytes = 1, .max_body_bytes = 1}});
  ASSERT_TRUE(narrow.ok()) << narrow.status();
  service_.Activate(*std::move(narrow));
  EXPECT_TRUE(service_.WarmUp().ok()) << service_.WarmUp();
}

TEST_F(ServiceTest, GivesBackTheSnapshotThatItReplaces) {
  Service service;
  EXPECT_EQ(service.Activate(snapshot_), nullptr);
  EXPECT_EQ(service.Activate(snapshot_), snapshot_);
}

}  // namespace
}  // namespace rubricator
