// Connections, by raw bytes: what comes in pieces, too fast, too slowly, too long or not at all.
#include "server/http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/local/stream_protocol.hpp>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/http/connect_error.h"
#include "server/http/raw_http.h"
#include "server/running_server.h"

namespace rubricator {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr HttpLimits kLimits = {.max_body_bytes = 1000,
                                .max_connections = 100,
                                .idle_timeout = milliseconds(60'000),
                                .read_timeout = milliseconds(60'000),
                                .write_timeout = milliseconds(60'000)};

// "POST /x: body"
HttpResponse Echo(const HttpRequest& request) {
  return TextResponse(http::status::ok, "text/plain",
                      absl::StrCat(std::string(request.method_string()), " ",
                                   std::string(request.target()), ": ", request.body()));
}

std::unique_ptr<HttpServer> StartWith(
    const HttpLimits& limits, HttpHandler handler = [](HttpExchange exchange) {
      exchange.respond(
          exchange.unread.ok() ? Echo(exchange.request) : ConnectError(exchange.unread), {});
    }) {
  auto server = HttpServer::Start("127.0.0.1:0", limits, std::move(handler));
  EXPECT_TRUE(server.ok()) << server.status();
  return *std::move(server);
}

TEST(HttpServerTest, AnswersPipelinedRequestsInOrder) {
  const auto server = StartWith(kLimits);
  RawHttp connection(server->address());
  std::string requests;
  for (int i = 0; i < 100; ++i) {
    absl::StrAppend(&requests, "POST /", i, " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n:)");
  }
  ASSERT_TRUE(connection.Write(requests));
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(connection.Read()->body(), absl::StrCat("POST /", i, ": :)"));
  }
}

TEST(HttpServerTest, PutsTogetherWhatComesByteByByte) {
  const auto server = StartWith(kLimits);
  RawHttp connection(server->address());
  const std::string chunked =
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  for (const char byte : chunked) ASSERT_TRUE(connection.Write(std::string(1, byte)));
  EXPECT_EQ(connection.Read()->body(), "POST /a: abcde");
}

TEST(HttpServerTest, SaysGoOnToWhoAsksBeforeSending) {
  const auto server = StartWith(kLimits);
  RawHttp connection(server->address());
  connection.Write(
      "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(connection.Read()->result_int(), 100U);
  connection.Write("hi");
  EXPECT_EQ(connection.Read()->body(), "POST /: hi");
}

TEST(HttpServerTest, ClosesWhenAskedTo) {
  const auto server = StartWith(kLimits);
  for (const char* request : {"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                              "GET / HTTP/1.0\r\nHost: x\r\n\r\n"}) {
    RawHttp connection(server->address());
    connection.Write(request);
    const auto response = connection.Read();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->result_int(), 200U);
    EXPECT_FALSE(response->keep_alive());
    EXPECT_TRUE(connection.SeesTheEnd());
  }
}

TEST(HttpServerTest, RefusesWhatItCannotRead) {
  const auto server = StartWith(kLimits);
  struct Case {
    std::string name;
    std::string request;
    unsigned status;
    std::string message;
  };
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  const Case cases[] = {
      {"another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "the request is no HTTP/1.1"},
      {"no protocol", "hello\r\n\r\n", 400, "the request is no HTTP/1.1"},
      {"TLS", "\x16\x03\x01\x02\x05\x01\r\n\r\n", 400, "the request is no HTTP/1.1"},
      {"bad field", post + "a b: c\r\n\r\n", 400, "the request is no HTTP/1.1"},
      {"bad length", post + "Content-Length: -1\r\n\r\n", 400, "the request is no HTTP/1.1"},
      {"two lengths", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400,
       "the request is no HTTP/1.1"},
      {"length and chunks",
       post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "the request is no HTTP/1.1"},
      {"bad chunk", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400,
       "the request is no HTTP/1.1"},
      {"long header", post + "a: " + std::string(20'000, 'x') + "\r\n\r\n", 431,
       "the header is longer than 16384 bytes"},
      {"long body", post + "Content-Length: 1001\r\n\r\n", 429,
       "the body is longer than 1000 bytes"},
      {"long body in chunks",
       post + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x') +
           "\r\n0\r\n\r\n",
       429, "the body is longer than 1000 bytes"},
      {"many small chunks",
       [&] {
         std::string request = post + "Transfer-Encoding: chunked\r\n\r\n";
         for (int i = 0; i < 1001; ++i) request += "1\r\nx\r\n";
         return request + "0\r\n\r\n";
       }(),
       429, "the body is longer than 1000 bytes"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    RawHttp connection(server->address());
    connection.Write(c.request);
    const auto response = connection.Read();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->result_int(), c.status);
    EXPECT_THAT(JsonOf(*response)["message"].get<std::string>(), HasSubstr(c.message));
    EXPECT_FALSE(response->keep_alive());
    connection.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");  // is not taken for a second request
    EXPECT_TRUE(connection.SeesTheEnd());
  }
}

TEST(HttpServerTest, TakesABodyOfExactlyTheLimit) {
  const auto server = StartWith(kLimits);
  RawHttp connection(server->address());
  const std::string body(1000, 'x');
  connection.Write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + body);
  EXPECT_EQ(connection.Read()->body(), "POST /: " + body);
  connection.Write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" +
                   body + "\r\n0\r\n\r\n");
  EXPECT_EQ(connection.Read()->body(), "POST /: " + body);
}

TEST(HttpServerTest, HangsUpOnWhoDoesNotFinishARequest) {
  HttpLimits limits = kLimits;
  limits.read_timeout = milliseconds(20);
  const auto server = StartWith(limits);
  for (const char* begun : {"G", "GET / HTTP/1.1\r\nHost:",
                            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"}) {
    RawHttp connection(server->address());
    connection.Write(begun);
    EXPECT_TRUE(connection.SeesTheEnd()) << begun;
  }
}

TEST(HttpServerTest, HangsUpOnWhoSaysNothing) {
  HttpLimits limits = kLimits;
  limits.idle_timeout = milliseconds(20);
  const auto server = StartWith(limits);
  RawHttp silent(server->address());
  EXPECT_TRUE(silent.SeesTheEnd());
  RawHttp done(server->address());
  done.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(done.Read().has_value());
  EXPECT_TRUE(done.SeesTheEnd());
}

TEST(HttpServerTest, HangsUpOnWhoDoesNotTakeTheAnswer) {
  HttpLimits limits = kLimits;
  limits.write_timeout = milliseconds(20);
  std::atomic<bool> let_go = false;
  const auto server = StartWith(limits, [&](HttpExchange exchange) {
    // More than the kernel buffers on both sides.
    exchange.respond(TextResponse(http::status::ok, "text/plain", std::string(64U << 20U, 'x')),
                     [flag = std::shared_ptr<void>(nullptr, [&](void*) { let_go = true; })] {});
  });
  RawHttp connection(server->address());
  connection.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(WaitUntil([&] { return let_go.load(); }));
  EXPECT_FALSE(connection.Read().has_value());
}

TEST(HttpServerTest, SlowCallersKeepNobodyWaiting) {
  const auto server = StartWith(kLimits);
  std::vector<std::unique_ptr<RawHttp>> slow;
  for (int i = 0; i < 50; ++i) {
    slow.push_back(std::make_unique<RawHttp>(server->address()));
    slow.back()->Write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n");
  }
  RawHttp connection(server->address());
  connection.Write("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection.Read()->body(), "GET /now: ");
  for (auto& caller : slow) {
    caller->Write("ok");
    EXPECT_EQ(caller->Read()->body(), "POST /: ok");
  }
}

TEST(HttpServerTest, RefusesMoreConnectionsThanItMayHave) {
  HttpLimits limits = kLimits;
  limits.max_connections = 2;
  const auto server = StartWith(limits);
  auto first = std::make_unique<RawHttp>(server->address());
  RawHttp second(server->address());
  for (RawHttp* connection : {first.get(), &second}) {
    connection->Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(connection->Read()->result_int(), 200U);
  }
  RawHttp third(server->address());
  const auto refused = third.Read();
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->result_int(), 503U);
  EXPECT_EQ(JsonOf(*refused)["message"], "the server has as many connections as it may");
  EXPECT_TRUE(third.SeesTheEnd());
  first.reset();
  EXPECT_TRUE(WaitUntil([&] {
    RawHttp again(server->address());
    again.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto response = again.Read();
    return response.has_value() && response->result_int() == 200;
  }));
}

// Keeps exchanges until they are answered by the test.
class Waiting {
 public:
  void Add(HttpExchange exchange) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(exchange));
  }
  size_t Count() {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }
  HttpExchange& First() {
    const std::lock_guard lock(mutex_);
    return waiting_.front();
  }
  void Clear() { waiting_.clear(); }

 private:
  std::mutex mutex_;
  std::vector<HttpExchange> waiting_;
};

TEST(HttpServerTest, TellsTheHandlerThatTheCallerHungUp) {
  Waiting waiting;
  const auto server = StartWith(kLimits, [&](HttpExchange exchange) {
    if (exchange.request.target() == "/next") return exchange.respond(HttpResponse(), {});
    waiting.Add(std::move(exchange));
  });
  RawHttp connection(server->address());
  connection.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(WaitUntil([&] { return waiting.Count() == 1; }));
  EXPECT_FALSE(waiting.First().caller_is_gone());
  connection.HangUp();
  EXPECT_TRUE(WaitUntil([&] { return waiting.First().caller_is_gone(); }));
  std::atomic<bool> let_go = false;
  waiting.First().respond(
      HttpResponse(), [flag = std::shared_ptr<void>(nullptr, [&](void*) { let_go = true; })] {});
  waiting.Clear();
  EXPECT_TRUE(WaitUntil([&] { return let_go.load(); }));
}

TEST(HttpServerTest, CutEndsIdleConnectionsAndTellsHandlers) {
  Waiting waiting;
  const auto server = StartWith(kLimits, [&](HttpExchange exchange) {
    if (exchange.request.target() == "/next") return exchange.respond(HttpResponse(), {});
    waiting.Add(std::move(exchange));
  });
  RawHttp busy(server->address());
  busy.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(WaitUntil([&] { return waiting.Count() == 1; }));
  RawHttp idle(server->address());
  EXPECT_TRUE(idle.Ask(Get("/next")).has_value());
  server->Cut();
  EXPECT_TRUE(idle.SeesTheEnd());
  EXPECT_TRUE(busy.SeesTheEnd());
  EXPECT_TRUE(waiting.First().caller_is_gone());
  std::atomic<bool> let_go = false;
  waiting.First().respond(
      HttpResponse(), [flag = std::shared_ptr<void>(nullptr, [&](void*) { let_go = true; })] {});
  waiting.Clear();
  EXPECT_TRUE(WaitUntil([&] { return let_go.load(); }));
}

TEST(HttpServerTest, ClosesAfterEachAnswerWhileDraining) {
  const auto server = StartWith(kLimits);
  RawHttp connection(server->address());
  connection.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(connection.Read()->keep_alive());
  server->BeginDrain();
  connection.Write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_FALSE(connection.Read()->keep_alive());
  EXPECT_TRUE(connection.SeesTheEnd());
}

TEST(HttpServerTest, SaysWhyItCannotListen) {
  const auto first = StartWith(kLimits);
  const auto start = [](const std::string& listen) {
    return HttpServer::Start(listen, kLimits, [](HttpExchange) {}).status();
  };
  EXPECT_EQ(start(first->address()),
            absl::UnavailableError(
                absl::StrCat("cannot listen on ", first->address(), ": Address already in use")));
  EXPECT_EQ(start("nonsense").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(start("no.such.host.invalid:1").code(), absl::StatusCode::kUnavailable);
}

TEST(HttpServerTest, ListensOnASocketFile) {
  const std::string path = absl::StrCat(testing::TempDir(), "http.", getpid(), ".sock");
  std::string kind;
  auto server = HttpServer::Start("unix:" + path, kLimits, [&](HttpExchange exchange) {
    kind = exchange.peer.kind;
    exchange.respond(Echo(exchange.request), {});
  });
  ASSERT_TRUE(server.ok()) << server.status();
  boost::asio::io_context io;
  boost::asio::local::stream_protocol::socket socket(io);
  socket.connect(path);
  http::write(socket, Get("/file"));
  boost::beast::flat_buffer buffer;
  HttpResponse response;
  http::read(socket, buffer, response);
  EXPECT_EQ(response.body(), "GET /file: ");
  EXPECT_EQ(kind, "unix");
  server->reset();
  EXPECT_NE(access(path.c_str(), F_OK), 0);
}

}  // namespace
}  // namespace rubricator
