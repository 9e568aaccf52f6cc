// Asks a server that speaks rubricator.v1 for as much as it gives, or for so much at fixed times,
// and prints one JSON line: load_generator --help.
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "nlohmann/json.hpp"
#include "rubricator/v1/classification_service.pb.h"
#include "tests/benchmarks/benchmark_articles.h"
#include "tests/benchmarks/load_plan.h"

namespace rubricator::benchmarks {
namespace {

constexpr size_t kArticleBytes = 2048;
constexpr size_t kStreamWindow = 32;
constexpr char kService[] = "/rubricator.v1.ClassificationService/";

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return {&slice, 1};
}

v1::Article ToMessage(const Article& article) {
  v1::Article message;
  message.set_id(article.id);
  message.set_title(article.title);
  message.set_body(article.body);
  message.set_format(article.format == TextFormat::kHtml ? v1::TEXT_FORMAT_HTML
                                                         : v1::TEXT_FORMAT_PLAIN);
  return message;
}

// One article to a request.
template <typename Request>
std::vector<grpc::ByteBuffer> SingleRequests(bool include_evidence) {
  std::vector<grpc::ByteBuffer> requests;
  for (const Article& article : ArticlesOfSize(kArticleBytes)) {
    Request request;
    *request.mutable_article() = ToMessage(article);
    request.mutable_options()->set_include_evidence(include_evidence);
    requests.push_back(ToBytes(request));
  }
  return requests;
}

std::vector<grpc::ByteBuffer> BatchRequest(size_t articles, bool include_evidence) {
  const std::vector<Article> all = ArticlesOfSize(kArticleBytes);
  v1::BatchClassifyArticlesRequest request;
  for (size_t i = 0; i < articles; ++i) *request.add_articles() = ToMessage(all[i % all.size()]);
  request.mutable_options()->set_include_evidence(include_evidence);
  return {ToBytes(request)};
}

struct Options {
  std::string target;
  std::string mode = "unary";
  size_t callers = 1;
  size_t batch = 100;
  double rate = 0;
  double deadline_seconds = 0;
  double seconds = 3;
  double warm_up_seconds = 1;
  bool include_evidence = false;
};

LoadResult Run(const Options& options) {
  const auto in_ns = [](double seconds) {
    return std::chrono::nanoseconds(static_cast<int64_t>(seconds * 1e9));
  };
  LoadPlan plan{.target = options.target,
                .method = std::string(kService) + "ClassifyArticle",
                .requests = {},
                .callers = options.callers,
                .rate = options.rate,
                .deadline = in_ns(options.deadline_seconds),
                .warm_up = in_ns(options.warm_up_seconds),
                .duration = in_ns(options.seconds)};
  if (options.mode == "stream") {
    plan.method = std::string(kService) + "StreamClassifyArticles";
    plan.requests = SingleRequests<v1::StreamClassifyArticlesRequest>(options.include_evidence);
    return RunStreams(plan, kStreamWindow);
  }
  if (options.mode == "batch") {
    plan.method = std::string(kService) + "BatchClassifyArticles";
    plan.requests = BatchRequest(options.batch, options.include_evidence);
  } else {
    plan.requests = SingleRequests<v1::ClassifyArticleRequest>(options.include_evidence);
  }
  return RunUnary(plan);
}

void Print(const Options& options, LoadResult& result) {
  const double answers_per_second = static_cast<double>(result.answered) / options.seconds;
  const double articles = options.mode == "batch" ? static_cast<double>(options.batch) : 1.0;
  nlohmann::ordered_json line = {
      {"mode", options.mode},
      {"callers", options.callers},
      {"rate", options.rate},
      {"answers_per_second", answers_per_second},
      {"articles_per_second", answers_per_second * articles},
      {"failed", result.failed},
      {"response_bytes", result.answered == 0 ? 0 : result.response_bytes / result.answered},
  };
  for (const auto& [name, share] :
       {std::pair("p50_us", 0.5), {"p90_us", 0.9}, {"p99_us", 0.99}, {"p999_us", 0.999}}) {
    line[name] = result.latencies.Quantile(share);
  }
  std::cout << line.dump() << std::endl;
}

}  // namespace
}  // namespace rubricator::benchmarks

int main(int argc, char** argv) {
  rubricator::benchmarks::Options options;
  CLI::App app("Load on a server that speaks rubricator.v1, with articles of 2 KB");
  app.add_option("target", options.target, "host:port")->required();
  app.add_option("--mode", options.mode)->check(CLI::IsMember({"unary", "batch", "stream"}));
  app.add_option("--callers", options.callers, "connections")->check(CLI::PositiveNumber);
  app.add_option("--batch", options.batch, "articles in a batch")->check(CLI::PositiveNumber);
  app.add_option("--rate", options.rate,
                 "requests a second, at fixed times; none: as many as are answered");
  app.add_option("--deadline", options.deadline_seconds,
                 "seconds that a caller waits for an answer; none: as long as it takes");
  app.add_option("--seconds", options.seconds, "measured");
  app.add_option("--warm-up", options.warm_up_seconds, "seconds before");
  app.add_flag("--evidence", options.include_evidence, "ask for evidence");
  CLI11_PARSE(app, argc, argv);
  rubricator::benchmarks::LoadResult result = rubricator::benchmarks::Run(options);
  rubricator::benchmarks::Print(options, result);
  return result.answered > 0 && result.failed == 0 ? 0 : 1;
}
