#include "plugin/cpp/client.h"

#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "plugin/cpp/fake_server.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator {
namespace {

using std::chrono::milliseconds;

constexpr char kNotUtf8[] = "caf\xE9";

std::unique_ptr<Client> OpenOrDie(const std::string& target, ClientOptions options = {}) {
  auto client = Client::Open(target, std::move(options));
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

v1::ClassifyArticleRequest RequestWith(const std::string& id, const std::string& body) {
  v1::ClassifyArticleRequest request;
  request.mutable_article()->set_id(id);
  request.mutable_article()->set_body(body);
  return request;
}

TEST(ClientTest, ReturnsTheServersAnswer) {
  const FakeServer server;
  const auto client = OpenOrDie(server.target());
  const auto response = client->ClassifyArticle(RequestWith("a1", "text"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->analysis().article_id(), "a1");
}

TEST(ClientTest, KeepsTheFieldOfAnError) {
  const FakeServer server;
  const auto client = OpenOrDie(server.target());
  const absl::Status status = client->ClassifyArticle(RequestWith("a1", "")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldOf(status), "article");
  EXPECT_EQ(server.unary_calls(), 1);
}

TEST(ClientTest, TriesAgainWhenTheServerIsUnavailable) {
  const FakeServer server({.before_unary = [](int call, grpc::ServerContext&) {
    return call < 3 ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining") : grpc::Status::OK;
  }});
  EXPECT_TRUE(OpenOrDie(server.target())->ClassifyArticle(RequestWith("a1", "text")).ok());
  EXPECT_EQ(server.unary_calls(), 3);
}

TEST(ClientTest, TriesNoOtherErrorAgain) {
  const FakeServer server({.before_unary = [](int, grpc::ServerContext&) {
    return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "too much load");
  }});
  const auto response = OpenOrDie(server.target())->ClassifyArticle(RequestWith("a1", "text"));
  EXPECT_EQ(response.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(server.unary_calls(), 1);
}

TEST(ClientTest, TriesOnlyAsOftenAsItMay) {
  const FakeServer server({.before_unary = [](int, grpc::ServerContext&) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
  }});
  const auto client = OpenOrDie(server.target(), {.max_attempts = 1});
  EXPECT_TRUE(absl::IsUnavailable(client->ClassifyArticle(RequestWith("a1", "text")).status()));
  EXPECT_EQ(server.unary_calls(), 1);
}

TEST(ClientTest, SaysThatNoServerIsThere) {
  const auto client = OpenOrDie(DeadTarget());
  EXPECT_TRUE(absl::IsUnavailable(client->ClassifyArticle(RequestWith("a1", "text")).status()));
}

TEST(ClientTest, GivesUpAtTheDeadline) {
  const FakeServer server({.before_unary = [](int, grpc::ServerContext& context) {
    while (!context.IsCancelled()) std::this_thread::yield();
    return grpc::Status::CANCELLED;
  }});
  const auto client = OpenOrDie(server.target());
  const auto response =
      client->ClassifyArticle(RequestWith("a1", "text"), {.timeout = milliseconds(100)});
  EXPECT_TRUE(absl::IsDeadlineExceeded(response.status())) << response.status();
}

TEST(ClientTest, RefusesTextThatIsNotUtf8BeforeItIsSent) {
  const FakeServer server;
  const auto client = OpenOrDie(server.target());
  const absl::Status status = client->ClassifyArticle(RequestWith("a1", kNotUtf8)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FieldOf(status), "article.body");
  EXPECT_EQ(server.unary_calls(), 0);
}

TEST(ClientTest, LetsOneArticleOfABatchFailAlone) {
  const FakeServer server;
  v1::BatchClassifyArticlesRequest request;
  for (const char* body : {"good", kNotUtf8, "", "good too"}) {
    *request.add_articles() = RequestWith("", body).article();
  }
  const auto response = OpenOrDie(server.target())->BatchClassifyArticles(request);
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->results_size(), 4);
  EXPECT_TRUE(response->results(0).has_analysis());
  EXPECT_EQ(FieldOf(FromRpcStatus(response->results(1).error())), "article.body");
  EXPECT_EQ(FieldOf(FromRpcStatus(response->results(2).error())), "article");
  EXPECT_TRUE(response->results(3).has_analysis());
}

TEST(ClientTest, AsksTheFallbackWhenTheServerCannotBeReached) {
  const FakeServer fallback;
  const auto client = OpenOrDie(DeadTarget(), {.fallback_target = fallback.target()});
  EXPECT_TRUE(client->ClassifyArticle(RequestWith("a1", "text")).ok());
  EXPECT_EQ(fallback.unary_calls(), 1);
}

TEST(ClientTest, KeepsAnErrorOfTheArticleFromTheFallback) {
  const FakeServer server, fallback;
  const auto client = OpenOrDie(server.target(), {.fallback_target = fallback.target()});
  EXPECT_FALSE(client->ClassifyArticle(RequestWith("a1", "")).ok());
  EXPECT_EQ(fallback.unary_calls(), 0);
}

TEST(ClientTest, RecordsNoCorrectionInTheFallback) {
  const FakeServer fallback;
  const auto client = OpenOrDie(DeadTarget(), {.fallback_target = fallback.target()});
  EXPECT_TRUE(absl::IsUnavailable(client->RecordCorrection({}).status()));
  EXPECT_EQ(fallback.corrections(), 0);
}

TEST(ClientTest, SendsTheTokenOnLoopbackAndRefusesItInPlainTextElsewhere) {
  std::string seen;
  const FakeServer server({.before_unary = [&](int, grpc::ServerContext& context) {
    const auto found = context.client_metadata().find("authorization");
    if (found != context.client_metadata().end()) {
      seen = std::string(found->second.data(), found->second.size());
    }
    return grpc::Status::OK;
  }});
  const auto client = OpenOrDie(server.target(), {.bearer_token = "s3cret"});
  EXPECT_TRUE(client->ClassifyArticle(RequestWith("a1", "text")).ok());
  EXPECT_EQ(seen, "Bearer s3cret");
  EXPECT_EQ(Client::Open("news.example:50051", {.bearer_token = "s3cret"}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(ClientTest, RefusesOptionsOutOfRange) {
  struct Case {
    std::string_view name;
    ClientOptions options;
    absl::StatusCode want;
  };
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  for (const Case& c :
       {Case{"no time", {.timeout = milliseconds(0)}, kInvalid},
        Case{"no attempt", {.max_attempts = 0}, kInvalid},
        Case{"too many attempts", {.max_attempts = 6}, kInvalid},
        Case{"no window", {.stream_window = 0}, kInvalid},
        Case{"bad fallback", {.fallback_target = "nowhere"}, kInvalid},
        Case{"key missing", {.tls = {.cert_file = "/dev/null"}}, kInvalid},
        Case{"no such CA", {.tls = {.ca_file = "/no/such.pem"}}, absl::StatusCode::kNotFound}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Client::Open("127.0.0.1:1", c.options).status().code(), c.want);
  }
}

TEST(ClientTest, RefusesACallInAForkedChildInsteadOfHanging) {
  const auto client = OpenOrDie(DeadTarget(), {.max_attempts = 1});
  EXPECT_FALSE(client->ClassifyArticle(RequestWith("a1", "text")).ok());
  const pid_t child = fork();
  if (child == 0) {
    const absl::Status status = client->ClassifyArticle(RequestWith("a1", "text")).status();
    _exit(status.code() == absl::StatusCode::kFailedPrecondition ? 0 : 1);
  }
  int wait_status = 0;
  ASSERT_EQ(waitpid(child, &wait_status, 0), child);
  EXPECT_TRUE(WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0);
}

}  // namespace
}  // namespace rubricator
