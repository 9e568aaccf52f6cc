// The floor under the server's figures: the same gRPC server, whose ClassifyArticle is given what
// the real one answered before, in turn. echo_server PORT_FILE, until SIGTERM.
#include <grpcpp/grpcpp.h>
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "rubricator/v1/classification_service.pb.h"
#include "server/api_service.h"
#include "tests/benchmarks/benchmark_articles.h"

namespace rubricator::benchmarks {
namespace {

constexpr size_t kArticleBytes = 2048;  // as the load generator's
constexpr char kMethod[] = "rubricator.v1.ClassificationService.ClassifyArticle";

class CannedAnswers {
 public:
  explicit CannedAnswers(const Service& service) {
    for (const Article& article : ArticlesOfSize(kArticleBytes)) {
      v1::ClassifyArticleRequest request;
      request.mutable_article()->set_id(article.id);
      request.mutable_article()->set_title(article.title);
      request.mutable_article()->set_body(article.body);
      const absl::Status status =
          service.classification().ClassifyArticle(request, CallContext{}, answers_.emplace_back());
      if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
    }
  }

  absl::Status ClassifyArticle(const v1::ClassifyArticleRequest& /*request*/,
                               const CallContext& /*context*/,
                               v1::ClassifyArticleResponse& response) const {
    response = answers_[next_++ % answers_.size()];
    return absl::OkStatus();
  }

 private:
  std::vector<v1::ClassifyArticleResponse> answers_;
  mutable std::atomic<size_t> next_ = 0;
};

int Serve(const std::string& port_file) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Service service;
  auto snapshot = Snapshot::Load({.model_dir = Bundle()});
  if (!snapshot.ok()) {
    std::fprintf(stderr, "%s\n", snapshot.status().ToString().c_str());
    return 1;
  }
  service.Activate(*std::move(snapshot));
  const CannedAnswers answers(service);
  MethodTable methods;
  methods.Add(kMethod, answers, &CannedAnswers::ClassifyArticle);

  const server::Config config;
  JsonLog log(config.log().level());
  auto access = Access::Create(config, log);
  if (!access.ok()) {
    std::fprintf(stderr, "%s\n", access.status().ToString().c_str());
    return 1;
  }
  OpenCalls open_calls;
  Metrics metrics(methods);
  WorkerPool workers(config.workers().threads(), config.workers().queue_length());
  CallEnvironment environment{.service = service,
                              .methods = methods,
                              .access = **access,
                              .workers = workers,
                              .store_workers = workers,
                              .models_workers = workers,
                              .open_calls = open_calls,
                              .log = log,
                              .metrics = metrics,
                              .inline_bytes = config.workers().inline_bytes()};
  ApiService api(*methods.Find(kMethod)->descriptor->service(), environment);
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&api);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::ofstream(port_file + ".part") << port << "\n";
  std::filesystem::rename(port_file + ".part", port_file);
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  server->Shutdown();
  return 0;
}

}  // namespace
}  // namespace rubricator::benchmarks

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: echo_server PORT_FILE\n");
    return 2;
  }
  return rubricator::benchmarks::Serve(argv[1]);
}
