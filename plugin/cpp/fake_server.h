// A gRPC server in the test's own process that answers as the test says. For tests only.
#ifndef RUBRICATOR_PLUGIN_CPP_FAKE_SERVER_H_
#define RUBRICATOR_PLUGIN_CPP_FAKE_SERVER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "grpcpp/grpcpp.h"
#include "rubricator/v1/classification_service.grpc.pb.h"
#include "rubricator/v1/correction_service.grpc.pb.h"

namespace rubricator {

// What the server does; set before it starts. By default each article is answered by an analysis
// with its id, and a blank body by INVALID_ARGUMENT.
struct FakeBehaviour {
  // Of the n-th call (from 1) of ClassifyArticle or BatchClassifyArticles; OK: answer as usual.
  std::function<grpc::Status(int call, grpc::ServerContext& context)> before_unary = {};
  // After this many answers of each stream it ends with `stream_end`; 0: when the caller ends it.
  int answers_per_stream = 0;
  grpc::Status stream_end = {};
  // Streams neither read nor answer until they are cancelled.
  bool stream_is_silent = false;
  // Null: plain text.
  std::shared_ptr<grpc::ServerCredentials> credentials = {};
};

class FakeServer {
 public:
  explicit FakeServer(FakeBehaviour behaviour = {});
  ~FakeServer();

  const std::string& target() const { return target_; }
  int unary_calls() const { return unary_calls_; }
  int streams() const { return streams_; }
  int corrections() const { return corrections_; }

 private:
  class Classification;
  class Correction;

  const FakeBehaviour behaviour_;
  std::atomic<int> unary_calls_ = 0;
  std::atomic<int> streams_ = 0;
  std::atomic<int> corrections_ = 0;
  std::unique_ptr<Classification> classification_;
  std::unique_ptr<Correction> correction_;
  std::unique_ptr<grpc::Server> server_;
  std::string target_;
};

// A target where nothing listens: its port was free a moment ago.
std::string DeadTarget();

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_FAKE_SERVER_H_
