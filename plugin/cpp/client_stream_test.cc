#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "plugin/cpp/client.h"
#include "plugin/cpp/fake_server.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator {
namespace {

using std::chrono::milliseconds;

// Sends `count` articles and keeps the ids of the results.
struct Conversation {
  explicit Conversation(int articles) : count(articles) {}

  absl::Status Run(const std::string& target, ClientOptions options = {}) {
    const auto client = Client::Open(target, std::move(options));
    EXPECT_TRUE(client.ok()) << client.status();
    return (*client)->ClassifyStream(
        [this](v1::Article& article) {
          if (sent == count) return false;
          article.set_id(absl::StrCat(sent));
          article.set_body(sent == broken ? "\xFF" : "text");
          ++sent;
          return true;
        },
        [this](v1::ClassifyResult& result) {
          ids.push_back(result.article_id());
          if (result.has_error()) errors.push_back(FieldOf(FromRpcStatus(result.error())));
          return static_cast<int>(ids.size()) != stop_after;
        },
        {});
  }

  std::vector<std::string> Want() const {
    std::vector<std::string> want;
    for (int i = 0; i < count; ++i) want.push_back(absl::StrCat(i));
    return want;
  }

  const int count;
  int broken = -1;      // this article is not UTF-8
  int stop_after = -1;  // results
  int sent = 0;
  std::vector<std::string> ids;
  std::vector<std::string> errors;
};

TEST(ClientStreamTest, AnswersEveryArticleInOrder) {
  const FakeServer server;
  for (const size_t window : {1, 7, 64}) {
    SCOPED_TRACE(window);
    Conversation conversation(500);
    const absl::Status status = conversation.Run(server.target(), {.stream_window = window});
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(conversation.ids, conversation.Want());
  }
}

TEST(ClientStreamTest, EndsAtOnceWithoutArticles) {
  const FakeServer server;
  Conversation conversation(0);
  EXPECT_TRUE(conversation.Run(server.target()).ok());
  EXPECT_TRUE(conversation.ids.empty());
}

TEST(ClientStreamTest, LetsAnArticleThatIsNotUtf8FailAlone) {
  const FakeServer server;
  Conversation conversation(5);
  conversation.broken = 2;
  EXPECT_TRUE(conversation.Run(server.target()).ok());
  EXPECT_EQ(conversation.ids, conversation.Want());
  EXPECT_EQ(conversation.errors, std::vector<std::string>{"article.body"});
}

TEST(ClientStreamTest, TakesUpAStreamThatTheServerBroke) {
  const FakeServer server(
      {.answers_per_stream = 10, .stream_end = {grpc::StatusCode::UNAVAILABLE, "draining"}});
  Conversation conversation(35);
  const absl::Status status = conversation.Run(server.target());
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(conversation.ids, conversation.Want());
  EXPECT_GE(server.streams(), 4);
}

TEST(ClientStreamTest, HandsTheUnansweredToTheFallback) {
  const FakeServer fallback;
  Conversation conversation(100);
  const absl::Status status =
      conversation.Run(DeadTarget(), {.fallback_target = fallback.target()});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(conversation.ids, conversation.Want());
}

TEST(ClientStreamTest, SaysThatNoServerIsThere) {
  Conversation conversation(100);
  EXPECT_TRUE(absl::IsUnavailable(conversation.Run(DeadTarget())));
  EXPECT_TRUE(conversation.ids.empty());
}

TEST(ClientStreamTest, EndsWhenTheSinkSaysSo) {
  const FakeServer server;
  Conversation conversation(500);
  conversation.stop_after = 3;
  EXPECT_TRUE(absl::IsCancelled(conversation.Run(server.target())));
  EXPECT_EQ(conversation.ids.size(), 3u);
}

TEST(ClientStreamTest, GivesUpOnASilentServer) {
  const FakeServer server({.stream_is_silent = true});
  for (const int articles : {3, 500}) {  // fewer than the window, and more
    SCOPED_TRACE(articles);
    Conversation conversation(articles);
    const absl::Status status =
        conversation.Run(server.target(), {.idle_timeout = milliseconds(100)});
    EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
  }
}

TEST(ClientStreamTest, NoticesAServerThatLeavesArticlesUnanswered) {
  // The stream ends now before the third article was taken, now after it.
  const FakeServer server({.answers_per_stream = 2, .stream_end = grpc::Status::OK});
  for (int i = 0; i < 100; ++i) {
    Conversation conversation(10);
    ASSERT_EQ(conversation.Run(server.target()).code(), absl::StatusCode::kInternal) << i;
  }
}

}  // namespace
}  // namespace rubricator
