#include "plugin/cpp/fake_server.h"

#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

void Answer(const v1::Article& article, v1::ClassifyResult& result) {
  result.set_article_id(article.id());
  if (article.body().empty()) {
    *result.mutable_error() = ToRpcStatus(FieldError("article", "has no text"));
    return;
  }
  result.mutable_analysis()->set_article_id(article.id());
  result.mutable_analysis()->set_outcome(v1::OUTCOME_NO_TOPIC);
}

grpc::Status ToGrpc(const google::rpc::Status& status) {
  return {static_cast<grpc::StatusCode>(status.code()), status.message(),
          status.SerializeAsString()};
}

}  // namespace

class FakeServer::Classification final : public v1::ClassificationService::Service {
 public:
  explicit Classification(FakeServer& server) : server_(server) {}

  grpc::Status ClassifyArticle(grpc::ServerContext* context,
                               const v1::ClassifyArticleRequest* request,
                               v1::ClassifyArticleResponse* response) override {
    if (grpc::Status status = Before(*context); !status.ok()) return status;
    v1::ClassifyResult result;
    Answer(request->article(), result);
    if (result.has_error()) return ToGrpc(result.error());
    *response->mutable_analysis() = result.analysis();
    return grpc::Status::OK;
  }

  grpc::Status BatchClassifyArticles(grpc::ServerContext* context,
                                     const v1::BatchClassifyArticlesRequest* request,
                                     v1::BatchClassifyArticlesResponse* response) override {
    if (grpc::Status status = Before(*context); !status.ok()) return status;
    for (const v1::Article& article : request->articles())
      Answer(article, *response->add_results());
    return grpc::Status::OK;
  }

  grpc::Status StreamClassifyArticles(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::StreamClassifyArticlesResponse,
                               v1::StreamClassifyArticlesRequest>* stream) override {
    ++server_.streams_;
    const int most = server_.behaviour_.answers_per_stream;
    v1::StreamClassifyArticlesRequest request;
    while (server_.behaviour_.stream_is_silent && !context->IsCancelled()) {
      std::this_thread::yield();
    }
    for (int answers = 0; stream->Read(&request);) {
      v1::StreamClassifyArticlesResponse response;
      Answer(request.article(), *response.mutable_result());
      stream->Write(response);
      if (++answers == most) return server_.behaviour_.stream_end;
    }
    return grpc::Status::OK;
  }

 private:
  grpc::Status Before(grpc::ServerContext& context) {
    const int call = ++server_.unary_calls_;
    const auto& before = server_.behaviour_.before_unary;
    return before ? before(call, context) : grpc::Status::OK;
  }

  FakeServer& server_;
};

class FakeServer::Correction final : public v1::CorrectionService::Service {
 public:
  explicit Correction(FakeServer& server) : server_(server) {}

  grpc::Status RecordCorrection(grpc::ServerContext*, const v1::RecordCorrectionRequest*,
                                v1::RecordCorrectionResponse*) override {
    ++server_.corrections_;
    return grpc::Status::OK;
  }

 private:
  FakeServer& server_;
};

FakeServer::FakeServer(FakeBehaviour behaviour)
    : behaviour_(std::move(behaviour)),
      classification_(std::make_unique<Classification>(*this)),
      correction_(std::make_unique<Correction>(*this)) {
  grpc::ServerBuilder builder;
  int port = 0;
  const auto credentials =
      behaviour_.credentials ? behaviour_.credentials : grpc::InsecureServerCredentials();
  builder.AddListeningPort("127.0.0.1:0", credentials, &port);
  builder.RegisterService(classification_.get());
  builder.RegisterService(correction_.get());
  server_ = builder.BuildAndStart();
  target_ = absl::StrCat("127.0.0.1:", port);
}

FakeServer::~FakeServer() {
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
}

std::string DeadTarget() { return FakeServer().target(); }

}  // namespace rubricator
