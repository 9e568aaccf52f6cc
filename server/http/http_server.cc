#include "server/http/http_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

namespace asio = boost::asio;

using asio::ip::tcp;
using boost::system::error_code;

// When there are no file descriptors left, they are not back at once.
constexpr auto kAcceptPause = std::chrono::milliseconds(100);

// Sent as far as the kernel takes it without waiting.
void Refuse(HttpConnection::Socket& socket) {
  constexpr std::string_view kBody =
      R"({"code":"unavailable","message":"the server has as many connections as it may"})";
  const std::string answer = absl::StrCat(
      "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: application/json\r\n"
      "Content-Length: ",
      kBody.size(), "\r\n\r\n", AsAbsl(kBody));
  send(socket.native_handle(), answer.data(), answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  shutdown(socket.native_handle(), SHUT_WR);
}

absl::Status Unavailable(const std::string& where, const error_code& why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", where, ": ", why.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const std::string& listen,
                                                              const HttpLimits& limits,
                                                              HttpHandler handler, HttpTls* tls) {
  ASSIGN_OR_RETURN(const ListenAddress address, ListenAddress::Parse(listen));
  std::unique_ptr<HttpServer> server(new HttpServer(limits, std::move(handler), tls));
  server->address_ = listen;
  RETURN_IF_ERROR(server->Listen(address));
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < threads; ++i) {
    server->threads_.emplace_back([&io = server->io_] { io.run(); });
  }
  return server;
}

HttpServer::HttpServer(const HttpLimits& limits, HttpHandler handler, HttpTls* tls)
    : connections_{.limits = limits, .handler = std::move(handler), .tls = tls} {}

HttpServer::~HttpServer() {
  io_.stop();
  for (std::thread& thread : threads_) thread.join();
  if (!unix_path_.empty()) unlink(unix_path_.c_str());
}

absl::Status HttpServer::Listen(const ListenAddress& listen) {
  if (!listen.unix_path.empty()) {
    RETURN_IF_ERROR(listen.Probe());
    unlink(listen.unix_path.c_str());  // left over by a server that was killed
    RETURN_IF_ERROR(ListenOn(listen, asio::local::stream_protocol::endpoint(listen.unix_path)));
    unix_path_ = listen.unix_path;
    return absl::OkStatus();
  }
  error_code error;
  const auto found = tcp::resolver(io_).resolve(listen.host, std::to_string(listen.port),
                                                tcp::resolver::passive, error);
  if (error) return Unavailable(address_, error);
  for (const auto& entry : found) {
    tcp::endpoint endpoint = entry.endpoint();
    if (port_ != 0) endpoint.port(static_cast<uint16_t>(port_));  // of the first, where any will do
    RETURN_IF_ERROR(ListenOn(listen, endpoint));
  }
  address_ = address_.substr(0, address_.rfind(':') + 1) + std::to_string(port_);
  return absl::OkStatus();
}

absl::Status HttpServer::ListenOn(const ListenAddress& listen, Protocol::endpoint endpoint) {
  Acceptor& acceptor = acceptors_.emplace_back(asio::make_strand(io_));
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error && listen.unix_path.empty()) {
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
  }
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return Unavailable(address_, error);
  if (listen.unix_path.empty()) {
    sockaddr_storage bound = {};
    socklen_t size = sizeof(bound);
    getsockname(acceptor.native_handle(), reinterpret_cast<sockaddr*>(&bound), &size);
    tcp::endpoint local;
    local.resize(size);
    std::copy_n(reinterpret_cast<const char*>(&bound), size, reinterpret_cast<char*>(local.data()));
    port_ = local.port();
  }
  Accept(acceptor);
  return absl::OkStatus();
}

void HttpServer::Accept(Acceptor& acceptor) {
  acceptor.async_accept(asio::make_strand(io_),
                        [this, &acceptor](error_code error, HttpConnection::Socket socket) {
                          if (!acceptor.is_open()) return;
                          if (error) return AcceptLater(acceptor);
                          Admit(std::move(socket));
                          Accept(acceptor);
                        });
}

void HttpServer::AcceptLater(Acceptor& acceptor) {
  auto pause = std::make_shared<asio::steady_timer>(acceptor.get_executor(), kAcceptPause);
  pause->async_wait([this, &acceptor, pause](error_code) {
    if (acceptor.is_open()) Accept(acceptor);
  });
}

void HttpServer::Admit(HttpConnection::Socket socket) {
  std::shared_ptr<HttpConnection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (open_.size() >= connections_.limits.max_connections) return Refuse(socket);
    const auto place = open_.emplace(open_.end());
    connection = std::make_shared<HttpConnection>(
        std::move(socket), connections_, std::shared_ptr<void>(nullptr, [this, place](void*) {
          const std::lock_guard lock(mutex_);
          open_.erase(place);
        }));
    *place = connection;
  }
  connection->Start();
}

size_t HttpServer::ConnectionCount() const {
  const std::lock_guard lock(mutex_);
  return open_.size();
}

void HttpServer::Cut() {
  for (Acceptor& acceptor : acceptors_) {
    asio::post(acceptor.get_executor(), [&acceptor] {
      error_code ignored;
      acceptor.close(ignored);
    });
  }
  std::vector<std::shared_ptr<HttpConnection>> open;  // their ends need the mutex
  {
    const std::lock_guard lock(mutex_);
    for (const auto& place : open_) open.push_back(place.lock());
  }
  for (const auto& connection : open) {
    if (connection != nullptr) connection->Cut();
  }
}

}  // namespace rubricator
