// Corrections without a transport and without a database.
#include "service/correction_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/sha256.h"
#include "google/rpc/error_details.pb.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

// Keeps in memory; answers `failure` where that is not OK.
class FakeStore final : public CorrectionStore {
 public:
  absl::StatusOr<v1::Correction> Record(
      const NewCorrection& correction,
      std::optional<std::chrono::steady_clock::time_point> deadline) override {
    if (!failure.ok()) return failure;
    last = correction;
    last_deadline = deadline;
    kept.push_back(correction.correction);
    kept.back().set_id(absl::StrCat(kept.size()));
    return kept.back();
  }
  absl::StatusOr<CorrectionPage> List(int64_t after_id, size_t limit, size_t max_bytes) override {
    if (!failure.ok()) return failure;
    EXPECT_GE(max_bytes, 1U << 20);
    CorrectionPage page;
    for (size_t i = after_id; i < kept.size() && page.corrections.size() < limit; ++i) {
      page.corrections.push_back(kept[i]);
    }
    page.more = after_id + page.corrections.size() < kept.size();
    return page;
  }

  absl::Status failure;
  NewCorrection last;
  std::optional<std::chrono::steady_clock::time_point> last_deadline;
  std::vector<v1::Correction> kept;
};

class CorrectionServiceTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path root = RUBRICATOR_SOURCE_DIR;
    auto snapshot = Snapshot::Load({.model_dir = root / "models/default"});
    ASSERT_TRUE(snapshot.ok()) << snapshot.status();
    live_.Set(*std::move(snapshot));
  }
  static void TearDownTestSuite() { live_.Set(nullptr); }

  absl::Status Record(const v1::RecordCorrectionRequest& request,
                      v1::RecordCorrectionResponse& response) {
    return service_.RecordCorrection(request, CallContext{}, response);
  }
  static v1::RecordCorrectionRequest Request() {
    v1::RecordCorrectionRequest request;
    request.set_idempotency_key("post-7/1");
    v1::Correction& correction = *request.mutable_correction();
    correction.mutable_article()->set_id("7");
    correction.mutable_article()->set_title("Встреча");
    correction.mutable_article()->set_body("О безопасности.");
    correction.mutable_given()->add_topics("security");
    correction.mutable_given()->add_regions("RU");
    correction.mutable_corrected()->add_topics("foreign_policy");
    correction.mutable_corrected()->add_desks("world");
    correction.set_editor("anna");
    return request;
  }

  inline static LiveSnapshot live_;
  FakeStore store_;
  CorrectionService service_{live_, {.store = &store_}};
};

std::string FieldOf(const absl::Status& status) {
  google::rpc::Status rpc_status = ToRpcStatus(status);
  google::rpc::BadRequest details;
  if (rpc_status.details_size() != 1 || !rpc_status.details(0).UnpackTo(&details)) return "";
  return details.field_violations(0).field();
}

TEST_F(CorrectionServiceTest, KeepsHashAndLabelsButNotTheText) {
  v1::RecordCorrectionResponse response;
  CallContext context;
  context.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(7);
  const absl::Status status = service_.RecordCorrection(Request(), context, response);
  ASSERT_TRUE(status.ok()) << status;
  const v1::Correction& kept = response.correction();
  EXPECT_EQ(kept.id(), "1");
  EXPECT_EQ(kept.article().id(), "7");
  EXPECT_EQ(kept.article().title(), "");
  EXPECT_EQ(kept.article().body(), "");
  EXPECT_EQ(kept.article_sha256(), Sha256Hex("Встреча\nО безопасности."));
  EXPECT_EQ(kept.given().regions(0), "RU");
  EXPECT_EQ(kept.corrected().desks(0), "world");
  EXPECT_EQ(kept.editor(), "anna");
  EXPECT_EQ(kept.corrected_at().seconds(), std::chrono::system_clock::to_time_t(context.now));
  EXPECT_EQ(store_.last_deadline, context.deadline);
}

TEST_F(CorrectionServiceTest, KeepsTheTextWhenSetUpTo) {
  const CorrectionService keeping(live_, {.store = &store_, .keep_text = true});
  v1::RecordCorrectionResponse response;
  ASSERT_TRUE(keeping.RecordCorrection(Request(), CallContext{}, response).ok());
  EXPECT_EQ(response.correction().article().title(), "Встреча");
  EXPECT_EQ(response.correction().article().body(), "О безопасности.");
}

TEST_F(CorrectionServiceTest, TakesAHashForTheArticle) {
  v1::RecordCorrectionRequest request = Request();
  request.mutable_correction()->clear_article();
  request.mutable_correction()->set_article_sha256(std::string(64, 'a'));
  v1::RecordCorrectionResponse response;
  EXPECT_TRUE(Record(request, response).ok());
  EXPECT_FALSE(response.correction().has_article());
  request.mutable_correction()->mutable_article()->set_url("https://example.org/7");
  EXPECT_TRUE(Record(request, response).ok());
  EXPECT_EQ(response.correction().article().url(), "https://example.org/7");
}

TEST_F(CorrectionServiceTest, TellsARepeatedRequestFromAnother) {
  v1::RecordCorrectionResponse response;
  ASSERT_TRUE(Record(Request(), response).ok());
  const std::string first = store_.last.request_sha256;
  v1::RecordCorrectionRequest with_id = Request();
  with_id.mutable_correction()->set_id("99");
  ASSERT_TRUE(Record(with_id, response).ok());
  EXPECT_EQ(store_.last.request_sha256, first);
  v1::RecordCorrectionRequest other = Request();
  other.mutable_correction()->mutable_article()->set_body("О границах.");
  ASSERT_TRUE(Record(other, response).ok());
  EXPECT_NE(store_.last.request_sha256, first);
}

TEST_F(CorrectionServiceTest, NamesTheFieldThatIsWrong) {
  using Correction = v1::Correction;
  struct Case {
    const char* name;
    std::function<void(v1::RecordCorrectionRequest&, Correction&)> spoil;
    const char* want_field;
  };
  const Case cases[] = {
      {"no key", [](auto& r, auto&) { r.clear_idempotency_key(); }, "idempotency_key"},
      {"long key", [](auto& r, auto&) { r.set_idempotency_key(std::string(129, 'k')); },
       "idempotency_key"},
      {"key with a line end", [](auto& r, auto&) { r.set_idempotency_key("a\nb"); },
       "idempotency_key"},
      {"Russian key", [](auto& r, auto&) { r.set_idempotency_key("ключ"); }, "idempotency_key"},
      {"no correction", [](auto& r, auto&) { r.clear_correction(); }, "correction"},
      {"no article", [](auto&, auto& c) { c.clear_article(); }, "correction.article"},
      {"article without text",
       [](auto&, auto& c) {
         c.mutable_article()->clear_title();
         c.mutable_article()->clear_body();
       },
       "correction.article"},
      {"long body",
       [](auto&, auto& c) { c.mutable_article()->set_body(std::string((1 << 20) + 1, 'x')); },
       "correction.article.body"},
      {"long id", [](auto&, auto& c) { c.mutable_article()->set_id(std::string(257, 'x')); },
       "correction.article.id"},
      {"wrong hash", [](auto&, auto& c) { c.set_article_sha256(std::string(64, 'a')); },
       "correction.article_sha256"},
      {"no hash at all", [](auto&, auto& c) { c.set_article_sha256("ABC"); },
       "correction.article_sha256"},
      {"no given", [](auto&, auto& c) { c.clear_given(); }, "correction.given"},
      {"no corrected", [](auto&, auto& c) { c.clear_corrected(); }, "correction.corrected"},
      {"unknown topic", [](auto&, auto& c) { c.mutable_corrected()->add_topics("gossip"); },
       "correction.corrected.topics[1]"},
      {"topic twice", [](auto&, auto& c) { c.mutable_corrected()->add_topics("foreign_policy"); },
       "correction.corrected.topics[1]"},
      {"unknown country", [](auto&, auto& c) { c.mutable_given()->add_regions("ZZ"); },
       "correction.given.regions[1]"},
      {"area for a country", [](auto&, auto& c) { c.mutable_given()->add_regions("143"); },
       "correction.given.regions[1]"},
      {"empty desk", [](auto&, auto& c) { c.mutable_given()->add_desks(""); },
       "correction.given.desks[0]"},
      {"long desk", [](auto&, auto& c) { c.mutable_given()->add_desks(std::string(257, 'd')); },
       "correction.given.desks[0]"},
      {"many desks",
       [](auto&, auto& c) {
         for (int i = 0; i < 101; ++i) c.mutable_given()->add_desks(absl::StrCat(i));
       },
       "correction.given.desks"},
      {"long editor", [](auto&, auto& c) { c.set_editor(std::string(257, 'e')); },
       "correction.editor"},
      {"long version", [](auto&, auto& c) { c.set_model_version(std::string(65, 'v')); },
       "correction.model_version"},
      {"time", [](auto&, auto& c) { c.mutable_corrected_at()->set_seconds(1LL << 60); },
       "correction.corrected_at"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    v1::RecordCorrectionRequest request = Request();
    v1::Correction correction = request.correction();
    c.spoil(request, correction);
    if (request.has_correction()) *request.mutable_correction() = correction;
    v1::RecordCorrectionResponse response;
    const absl::Status status = Record(request, response);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(FieldOf(status), c.want_field) << status;
  }
  EXPECT_TRUE(store_.kept.empty());
}

TEST_F(CorrectionServiceTest, PassesOnWhatTheStoreSays) {
  for (const absl::Status& failure :
       {absl::UnavailableError("locked"), absl::AlreadyExistsError("another")}) {
    store_.failure = failure;
    v1::RecordCorrectionResponse recorded;
    EXPECT_EQ(Record(Request(), recorded), failure);
    v1::ListCorrectionsResponse listed;
    EXPECT_EQ(service_.ListCorrections({}, CallContext{}, listed), failure);
  }
}

TEST_F(CorrectionServiceTest, PagesThroughAll) {
  v1::RecordCorrectionResponse recorded;
  for (int i = 0; i < 250; ++i) ASSERT_TRUE(Record(Request(), recorded).ok());
  v1::ListCorrectionsRequest request;
  std::vector<int> sizes;
  int next_id = 1;
  do {
    v1::ListCorrectionsResponse response;
    const absl::Status status = service_.ListCorrections(request, CallContext{}, response);
    ASSERT_TRUE(status.ok()) << status;
    sizes.push_back(response.corrections_size());
    for (const v1::Correction& correction : response.corrections()) {
      EXPECT_EQ(correction.id(), absl::StrCat(next_id++));
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(sizes, testing::ElementsAre(100, 100, 50));
}

TEST_F(CorrectionServiceTest, StreamsAllAfterAnId) {
  v1::RecordCorrectionResponse recorded;
  for (int i = 0; i < 250; ++i) ASSERT_TRUE(Record(Request(), recorded).ok());
  v1::StreamCorrectionsRequest request;
  for (const auto& [after_id, want] : {std::pair("", 250), {"0", 250}, {"50", 200}, {"250", 0}}) {
    SCOPED_TRACE(after_id);
    request.set_after_id(after_id);
    auto cursor = service_.OpenStream(request);
    ASSERT_TRUE(cursor.ok()) << cursor.status();
    int next_id = 251 - want;
    while (true) {
      const auto some = cursor->Next();
      ASSERT_TRUE(some.ok()) << some.status();
      if (some->empty()) break;
      for (const v1::Correction& correction : *some) {
        EXPECT_EQ(correction.id(), absl::StrCat(next_id++));
      }
    }
    EXPECT_EQ(next_id, 251);
  }
  for (const char* bad : {"x", "-1", "1x", "99999999999999999999"}) {
    request.set_after_id(bad);
    EXPECT_EQ(FieldOf(service_.OpenStream(request).status()), "after_id") << bad;
  }
}

TEST_F(CorrectionServiceTest, RefusesPagesItDoesNotKnow) {
  v1::ListCorrectionsResponse response;
  v1::ListCorrectionsRequest request;
  request.set_page_size(1001);
  EXPECT_EQ(FieldOf(service_.ListCorrections(request, CallContext{}, response)), "page_size");
  request.set_page_size(1000);
  EXPECT_TRUE(service_.ListCorrections(request, CallContext{}, response).ok());
  request.set_page_token("MTAw");
  EXPECT_EQ(FieldOf(service_.ListCorrections(request, CallContext{}, response)), "page_token");
}

}  // namespace
}  // namespace rubricator
