// Every RPC over real gRPC, in one process.
#include "server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "rubricator/v1/classification_service.grpc.pb.h"
#include "rubricator/v1/correction_service.grpc.pb.h"
#include "rubricator/v1/model_service.grpc.pb.h"
#include "rubricator/v1/routing_service.grpc.pb.h"
#include "server/raw_call.h"
#include "server/running_server.h"

namespace rubricator {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::HasSubstr;

constexpr char kClassifyPath[] = "/rubricator.v1.ClassificationService/ClassifyArticle";
constexpr char kStreamPath[] = "/rubricator.v1.ClassificationService/StreamClassifyArticles";

v1::Article Meeting(const std::string& id) {
  v1::Article article;
  article.set_id(id);
  article.set_title("Президенты России и Киргизии обсудили охрану границы");
  article.set_body(
      "Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили двусторонние "
      "отношения, безопасность в Центральной Азии и военно-техническое сотрудничество, подписали "
      "соглашение о гуманитарном сотрудничестве и обмене студентами.");
  return article;
}

std::string FieldOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::BadRequest bad_request;
  if (!details.ParseFromString(status.error_details()) || details.details_size() != 1 ||
      !details.details(0).UnpackTo(&bad_request)) {
    return "";
  }
  return bad_request.field_violations(0).field();
}

class ServerTest : public testing::Test {
 protected:
  RunningServer running_;
  std::unique_ptr<v1::ClassificationService::Stub> classification_ =
      v1::ClassificationService::NewStub(running_.channel());
};

TEST_F(ServerTest, ClassifiesAnArticleAndLogsOneLineWithoutItsText) {
  v1::ClassifyArticleRequest request;
  *request.mutable_article() = Meeting("a-1");
  v1::ClassifyArticleResponse response;
  ClientContext context;
  const grpc::Status status = classification_->ClassifyArticle(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.analysis().article_id(), "a-1");
  EXPECT_EQ(response.analysis().outcome(), v1::OUTCOME_CLASSIFIED);
  EXPECT_GT(response.analysis().desks_size(), 0);
  const nlohmann::json line = running_.CallLines(1).at(0);
  EXPECT_EQ(line["method"], "rubricator.v1.ClassificationService/ClassifyArticle");
  EXPECT_EQ(line["code"], "OK");
  EXPECT_EQ(line["article_id"], "a-1");
  EXPECT_EQ(line["peer_kind"], "ipv4");
  EXPECT_EQ(line["request_bytes"], request.ByteSizeLong());
  EXPECT_EQ(line["response_bytes"], response.ByteSizeLong());
  EXPECT_EQ(line["languages"]["ru"], 1);
  EXPECT_EQ(line["model_version"], response.analysis().model_version());
  EXPECT_THAT(line.dump(), testing::Not(HasSubstr("Президент")));
}

TEST_F(ServerTest, AnswersTheOtherServices) {
  const auto routing = v1::RoutingService::NewStub(running_.channel());
  v1::PreviewRoutingRequest preview;
  *preview.mutable_article() = Meeting("a");
  v1::PreviewRoutingResponse previewed;
  ClientContext routing_context;
  EXPECT_TRUE(routing->PreviewRouting(&routing_context, preview, &previewed).ok());
  EXPECT_EQ(previewed.desks_size(), 1);

  const auto model = v1::ModelService::NewStub(running_.channel());
  v1::GetModelResponse got;
  ClientContext get_context;
  EXPECT_TRUE(model->GetModel(&get_context, {}, &got).ok());
  EXPECT_GT(got.model().topics_size(), 0);
  v1::ListModelsResponse listed;
  ClientContext list_context;
  EXPECT_TRUE(model->ListModels(&list_context, {}, &listed).ok());
  EXPECT_EQ(listed.models_size(), 1);
}

TEST_F(ServerTest, SwitchesToNoModelThatIsNotThere) {
  const auto model = v1::ModelService::NewStub(running_.channel());
  v1::ActivateModelRequest activate;
  activate.set_version("1999-01-01.1");
  v1::ActivateModelResponse activated;
  ClientContext activate_context;
  EXPECT_EQ(model->ActivateModel(&activate_context, activate, &activated).error_code(),
            StatusCode::NOT_FOUND);
}

TEST_F(ServerTest, KeepsCorrections) {
  const auto correction = v1::CorrectionService::NewStub(running_.channel());
  v1::RecordCorrectionRequest request;
  request.set_idempotency_key("post-7/1");
  *request.mutable_correction()->mutable_article() = Meeting("a-7");
  request.mutable_correction()->mutable_given()->add_topics("security");
  request.mutable_correction()->mutable_corrected()->add_topics("foreign_policy");
  for (int i = 0; i < 2; ++i) {
    v1::RecordCorrectionResponse recorded;
    ClientContext context;
    const grpc::Status status = correction->RecordCorrection(&context, request, &recorded);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(recorded.correction().id(), "1");
  }
  v1::ListCorrectionsResponse listed;
  ClientContext list_context;
  ASSERT_TRUE(correction->ListCorrections(&list_context, {}, &listed).ok());
  ASSERT_EQ(listed.corrections_size(), 1);
  EXPECT_EQ(listed.corrections(0).article().id(), "a-7");
  EXPECT_EQ(listed.corrections(0).article().body(), "");
  ClientContext stream_context;
  const auto stream = correction->StreamCorrections(&stream_context, {});
  v1::StreamCorrectionsResponse streamed;
  ASSERT_TRUE(stream->Read(&streamed));
  EXPECT_EQ(streamed.correction().SerializeAsString(), listed.corrections(0).SerializeAsString());
  EXPECT_FALSE(stream->Read(&streamed));
  EXPECT_TRUE(stream->Finish().ok());
  request.mutable_correction()->mutable_corrected()->add_topics("no-such-topic");
  v1::RecordCorrectionResponse refused;
  ClientContext refused_context;
  EXPECT_EQ(FieldOf(correction->RecordCorrection(&refused_context, request, &refused)),
            "correction.corrected.topics[1]");
}

TEST_F(ServerTest, SendsTheFieldOfABadArticleAsADetail) {
  v1::ClassifyArticleRequest request;
  v1::ClassifyArticleResponse response;
  ClientContext blank_context;
  request.mutable_article()->set_body(" \n\t ");
  grpc::Status status = classification_->ClassifyArticle(&blank_context, request, &response);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldOf(status), testing::StartsWith("article"));
  ClientContext long_context;
  request.mutable_article()->set_body(std::string(1'048'577, 'x'));
  status = classification_->ClassifyArticle(&long_context, request, &response);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "article.body: is 1048577 bytes; limit is 1048576");
  EXPECT_EQ(FieldOf(status), "article.body");
}

TEST_F(ServerTest, KeepsTheOrderOfABatchAndFailsABadArticleAlone) {
  v1::BatchClassifyArticlesRequest request;
  for (int i = 0; i < 200; ++i) *request.add_articles() = Meeting(absl::StrCat("a-", i));
  request.mutable_articles(77)->clear_title();
  request.mutable_articles(77)->clear_body();
  v1::BatchClassifyArticlesResponse response;
  ClientContext context;
  const grpc::Status status = classification_->BatchClassifyArticles(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.results_size(), 200);
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(response.results(i).article_id(), absl::StrCat("a-", i));
    EXPECT_EQ(response.results(i).has_error(), i == 77);
  }
  const nlohmann::json line = running_.CallLines(1).at(0);
  EXPECT_EQ(line["articles"], 200);
  EXPECT_EQ(line["failed_articles"], 1);
}

TEST_F(ServerTest, AnswersAStreamInOrderAndFailsABadArticleAlone) {
  ClientContext context;
  const auto stream = classification_->StreamClassifyArticles(&context);
  for (int i = 0; i < 20; ++i) {
    v1::StreamClassifyArticlesRequest request;
    if (i != 7) *request.mutable_article() = Meeting(absl::StrCat("a-", i));
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  for (int i = 0; i < 20; ++i) {
    SCOPED_TRACE(i);
    v1::StreamClassifyArticlesResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.result().has_error(), i == 7);
    EXPECT_EQ(response.result().article_id(), i == 7 ? "" : absl::StrCat("a-", i));
  }
  v1::StreamClassifyArticlesResponse none;
  EXPECT_FALSE(stream->Read(&none));
  EXPECT_TRUE(stream->Finish().ok());
  const nlohmann::json line = running_.CallLines(1).at(0);
  EXPECT_EQ(line["articles"], 20);
  EXPECT_EQ(line["failed_articles"], 1);
}

TEST_F(ServerTest, GoesOnWithAStreamAfterBytesThatAreNoRequest) {
  RawCall stream(running_.channel(), kStreamPath);
  v1::StreamClassifyArticlesRequest request;
  *request.mutable_article() = Meeting("a");
  v1::StreamClassifyArticlesResponse response;
  ASSERT_TRUE(stream.Write("\x07nonsense"));
  ASSERT_TRUE(response.ParseFromString(stream.Read().value_or("")));
  EXPECT_EQ(response.result().error().code(), 3);
  ASSERT_TRUE(stream.Write(request.SerializeAsString()));
  ASSERT_TRUE(response.ParseFromString(stream.Read().value_or("")));
  EXPECT_EQ(response.result().article_id(), "a");
  stream.WritesDone();
  EXPECT_EQ(stream.Read(), std::nullopt);
  EXPECT_TRUE(stream.Finish().ok());
}

TEST_F(ServerTest, AnswersBytesThatAreNoRequestWithInvalidArgument) {
  struct Case {
    const char *name, *bytes, *want_message, *want_field;
  };
  const Case cases[] = {
      {"invalid UTF-8", "\x0a\x03\x1a\x01\xff", "article.body: is not valid UTF-8 at byte 0",
       "article.body"},
      {"lone surrogate", "\x0a\x05\x12\x03\xed\xa0\x80",
       "article.title: is not valid UTF-8 at byte 0", "article.title"},
      {"no protobuf", "\x07",
       "the bytes are no message of type rubricator.v1.ClassifyArticleRequest", ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    RawCall call(running_.channel(), kClassifyPath);
    EXPECT_EQ(call.Ask(c.bytes), std::nullopt);
    const grpc::Status status = call.Finish();
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(status.error_message(), c.want_message);
    EXPECT_EQ(FieldOf(status), c.want_field);
  }
}

TEST_F(ServerTest, KnowsNoOtherMethod) {
  RawCall call(running_.channel(), "/rubricator.v1.ClassificationService/Nothing");
  EXPECT_EQ(call.Ask(""), std::nullopt);
  EXPECT_EQ(call.Finish().error_code(), StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, RefusesAMessageOverTheLimit) {
  v1::ClassifyArticleRequest request;
  request.mutable_article()->set_body(std::string(16 * 1024 * 1024 + 1, 'x'));
  v1::ClassifyArticleResponse response;
  ClientContext context;
  const grpc::Status status = classification_->ClassifyArticle(&context, request, &response);
  EXPECT_EQ(status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(), HasSubstr("16777216"));
}

// Long enough to be still in work when a test goes on.
v1::BatchClassifyArticlesRequest LongBatch() {
  v1::BatchClassifyArticlesRequest request;
  v1::Article article = Meeting("");
  std::string body;
  while (body.size() < 15'000) body += article.body() + "\n";
  article.set_body(body);
  for (int i = 0; i < 1000; ++i) *request.add_articles() = article;
  return request;
}

TEST_F(ServerTest, StopsABatchWhoseCallerCancelled) {
  ClientContext context;
  std::jthread caller([&] {
    v1::BatchClassifyArticlesResponse response;
    EXPECT_EQ(classification_->BatchClassifyArticles(&context, LongBatch(), &response).error_code(),
              StatusCode::CANCELLED);
  });
  EXPECT_TRUE(WaitUntil([&] { return running_.server().OpenCallCount() == 1; }));
  context.TryCancel();
  caller.join();
  const nlohmann::json line = running_.CallLines(1).at(0);
  EXPECT_EQ(line["code"], "CANCELLED");
  EXPECT_LT(line.value("articles", 0), 1000);
}

TEST_F(ServerTest, StopsABatchWhoseDeadlinePassed) {
  const v1::BatchClassifyArticlesRequest request = LongBatch();
  ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(25));
  v1::BatchClassifyArticlesResponse response;
  EXPECT_EQ(classification_->BatchClassifyArticles(&context, request, &response).error_code(),
            StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(WaitUntil([&] { return running_.server().OpenCallCount() == 0; }));
  for (const nlohmann::json& line : running_.CallLines(0)) {  // none if it never arrived
    EXPECT_THAT(line["code"].get<std::string>(), testing::AnyOf("DEADLINE_EXCEEDED", "CANCELLED"));
    EXPECT_LT(line.value("articles", 0), 1000);
  }
}

TEST_F(ServerTest, EndsAStreamWhoseCallerCancelled) {
  ClientContext context;
  const auto stream = classification_->StreamClassifyArticles(&context);
  v1::StreamClassifyArticlesRequest request;
  *request.mutable_article() = Meeting("a");
  ASSERT_TRUE(stream->Write(request));
  v1::StreamClassifyArticlesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), StatusCode::CANCELLED);
  EXPECT_EQ(running_.CallLines(1).at(0)["code"], "CANCELLED");
  EXPECT_TRUE(WaitUntil([&] { return running_.server().OpenCallCount() == 0; }));
}

TEST(ServerLimitsTest, RefusesALongRequestWhenNoWorkerIsFree) {
  server::Config config = RunningServer::DefaultConfig();
  config.mutable_workers()->set_threads(1);
  config.mutable_workers()->set_queue_length(1);
  RunningServer running(config);
  const auto stub = v1::ClassificationService::NewStub(running.channel());
  const v1::BatchClassifyArticlesRequest batch =
      LongBatch();  // works ten times as long as it travels
  std::vector<StatusCode> codes(4, StatusCode::UNKNOWN);
  {
    std::vector<std::jthread> callers;
    for (StatusCode& code : codes) {
      callers.emplace_back([&] {
        ClientContext context;
        v1::BatchClassifyArticlesResponse response;
        code = stub->BatchClassifyArticles(&context, batch, &response).error_code();
      });
    }
  }
  EXPECT_THAT(codes, testing::Each(testing::AnyOf(StatusCode::OK, StatusCode::RESOURCE_EXHAUSTED)));
  EXPECT_THAT(codes, testing::Contains(StatusCode::OK));
  EXPECT_THAT(codes, testing::Contains(StatusCode::RESOURCE_EXHAUSTED));
}

TEST(ServerLimitsTest, HoldsTheConfiguredLimits) {
  server::Config config = RunningServer::DefaultConfig();
  config.mutable_limits()->set_max_title_bytes(10);
  config.mutable_limits()->set_max_body_bytes(20);
  RunningServer running(config);
  const auto stub = v1::ClassificationService::NewStub(running.channel());
  v1::ClassifyArticleRequest request;
  v1::ClassifyArticleResponse response;
  ClientContext title_context;
  request.mutable_article()->set_title("eleven byte");
  EXPECT_EQ(stub->ClassifyArticle(&title_context, request, &response).error_message(),
            "article.title: is 11 bytes; limit is 10");
  ClientContext body_context;
  request.mutable_article()->set_title("short");
  request.mutable_article()->set_body("more than twenty bytes");
  EXPECT_EQ(stub->ClassifyArticle(&body_context, request, &response).error_message(),
            "article.body: is 22 bytes; limit is 20");
}

}  // namespace
}  // namespace rubricator
