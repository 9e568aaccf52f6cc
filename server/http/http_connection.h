// One HTTP/1.1 connection: requests in, one after the other, answers out.
#ifndef RUBRICATOR_SERVER_HTTP_HTTP_CONNECTION_H_
#define RUBRICATOR_SERVER_HTTP_HTTP_CONNECTION_H_

#include <atomic>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/optional/optional.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "server/http/http_message.h"
#include "server/http/http_stream.h"
#include "server/http/http_tls.h"

namespace rubricator {

struct HttpLimits {
  size_t max_body_bytes = 0;
  size_t max_connections = 0;
  std::chrono::milliseconds idle_timeout{0};   // without a request
  std::chrono::milliseconds read_timeout{0};   // from a request's first byte to its last
  std::chrono::milliseconds write_timeout{0};  // for an answer to be taken
};

// What the connections of a server share.
struct HttpConnections {
  HttpLimits limits;
  HttpHandler handler;
  HttpTls* tls = nullptr;              // null: none
  std::atomic<bool> draining = false;  // each answer closes its connection
};

// Runs on its own strand and lives as long as something is under way. Memory: one request and one
// answer; what comes meanwhile waits in the kernel.
class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol>;

  // Borrows `shared`. `socket` runs on a strand. `place` is let go of when the connection ends.
  HttpConnection(Socket socket, HttpConnections& shared, std::shared_ptr<void> place);

  void Start();
  // From any thread: closes an idle connection, and cuts one that is read from, written to or being
  // answered; a handler sees that its caller is gone.
  void Cut();

 private:
  void Handshake();
  void AwaitRequest();
  void ReadHeader();
  void OnHeader(boost::beast::error_code error);
  void ReadBody();
  void OnBody(boost::beast::error_code error);
  void Dispatch(const absl::Status& unread);
  // Answers a request that could not be read, where that is of use, and ends.
  void Refuse(boost::beast::error_code error);
  void Send(HttpResponse response, std::function<void()> on_sent);
  void OnSent(boost::beast::error_code error);
  void EndSending();
  // Lets the caller read the last answer before the connection is reset for what it still sends.
  void Linger();

  HttpStream stream_;
  HttpConnections& shared_;
  const std::shared_ptr<void> place_;
  boost::beast::flat_buffer buffer_;
  boost::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::empty_body> continue_;
  HttpResponse response_;
  std::function<void()> on_sent_;
  bool is_head_ = false;
  bool keep_alive_ = false;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_HTTP_CONNECTION_H_
