// Listens and keeps the connections: from the bound address to the joined threads.
#ifndef RUBRICATOR_SERVER_HTTP_HTTP_SERVER_H_
#define RUBRICATOR_SERVER_HTTP_HTTP_SERVER_H_

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "server/http/http_connection.h"
#include "server/listen_address.h"

namespace rubricator {

// Thread-safe. Connections are served by as many threads as there are processors, however many
// there are and however slow.
class HttpServer {
 public:
  // Listens and answers at once. `listen` as the settings have it; `tls` is borrowed, null: none.
  // Errors: INVALID_ARGUMENT for a bad address; UNAVAILABLE when it cannot be listened on, with the
  // reason.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const std::string& listen,
                                                           const HttpLimits& limits,
                                                           HttpHandler handler,
                                                           HttpTls* tls = nullptr);
  // Stops. No handler may answer any more when this is called.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // From now on each answer closes its connection.
  void BeginDrain() { connections_.draining = true; }
  // Closes the port and every connection; handlers at work see that their callers are gone.
  void Cut();

  // Open connections, idle ones too.
  size_t ConnectionCount() const;

  // With the port that was bound: "127.0.0.1:8080", "[::1]:8080" or "unix:/path".
  const std::string& address() const { return address_; }
  int port() const { return port_; }  // 0 for a socket file

 private:
  using Protocol = boost::asio::generic::stream_protocol;
  using Acceptor = boost::asio::basic_socket_acceptor<Protocol>;

  HttpServer(const HttpLimits& limits, HttpHandler handler, HttpTls* tls);
  absl::Status Listen(const ListenAddress& listen);
  absl::Status ListenOn(const ListenAddress& listen, Protocol::endpoint endpoint);
  void Accept(Acceptor& acceptor);
  void AcceptLater(Acceptor& acceptor);
  void Admit(HttpConnection::Socket socket);

  HttpConnections connections_;
  mutable std::mutex mutex_;  // guards open_
  std::list<std::weak_ptr<HttpConnection>> open_;
  boost::asio::io_context io_;  // after what connections need to the last
  // Keeps the threads while all that is left is being answered elsewhere.
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      io_.get_executor()};
  std::list<Acceptor> acceptors_;  // each on a strand
  std::string address_;
  std::string unix_path_;
  int port_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_HTTP_SERVER_H_
