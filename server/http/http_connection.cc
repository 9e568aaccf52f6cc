#include "server/http/http_connection.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "classifier/absl_view.h"
#include "server/http/connect_error.h"

namespace rubricator {
namespace {

namespace beast = boost::beast;

constexpr size_t kMaxHeaderBytes = 16 * 1024;
constexpr size_t kReadBytes = 16 * 1024;
constexpr auto kLingerTime = std::chrono::seconds(2);

HttpPeer PeerOf(const HttpConnection::Socket& socket) {
  beast::error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return {};
  char text[INET6_ADDRSTRLEN] = "";
  const auto* address = static_cast<const sockaddr*>(endpoint.data());
  if (address->sa_family == AF_INET) {
    const auto* in = static_cast<const sockaddr_in*>(static_cast<const void*>(address));
    inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
    return {"ipv4", text};
  }
  if (address->sa_family == AF_INET6) {
    const auto* in = static_cast<const sockaddr_in6*>(static_cast<const void*>(address));
    inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof(text));
    return {"ipv6", text};
  }
  return {"unix", ""};
}

bool IsHungUp(int descriptor) {
  pollfd poll_for = {.fd = descriptor, .events = POLLRDHUP, .revents = 0};
  return poll(&poll_for, 1, 0) > 0;
}

// RFC 9110, 5.6.7.
std::string HttpDate() {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", absl::Now(), absl::UTCTimeZone());
}

}  // namespace

HttpConnection::HttpConnection(Socket socket, HttpConnections& shared, std::shared_ptr<void> place)
    : stream_(std::move(socket), shared.tls == nullptr ? nullptr : shared.tls->Context()),
      shared_(shared),
      place_(std::move(place)) {
  beast::error_code ignored;  // a socket file has no such option
  stream_.tcp().socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
}

void HttpConnection::Start() {
  boost::asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    if (self->stream_.has_tls()) return self->Handshake();
    self->AwaitRequest();
  });
}

void HttpConnection::Handshake() {
  stream_.tcp().expires_after(shared_.limits.read_timeout);
  stream_.AsyncHandshake([self = shared_from_this()](beast::error_code error) {
    if (!error) self->AwaitRequest();
  });
}

void HttpConnection::Cut() {
  boost::asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    shutdown(self->stream_.tcp().socket().native_handle(), SHUT_RDWR);
  });
}

void HttpConnection::AwaitRequest() {
  if (buffer_.size() > 0) return ReadHeader();
  stream_.tcp().expires_after(shared_.limits.idle_timeout);
  stream_.async_read_some(buffer_.prepare(kReadBytes),
                          [self = shared_from_this()](beast::error_code error, size_t bytes) {
                            self->buffer_.commit(bytes);
                            if (!error) self->ReadHeader();
                          });
}

void HttpConnection::ReadHeader() {
  parser_.emplace();
  parser_->header_limit(kMaxHeaderBytes);
  parser_->body_limit(shared_.limits.max_body_bytes);
  stream_.tcp().expires_after(shared_.limits.read_timeout);
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](beast::error_code error, size_t) { self->OnHeader(error); });
}

void HttpConnection::OnHeader(beast::error_code error) {
  if (error) return Refuse(error);
  const beast::string_view expect = parser_->get()[http::field::expect];
  if (!beast::iequals(expect, "100-continue")) return ReadBody();
  continue_ = http::response<http::empty_body>(http::status::continue_, 11);
  http::async_write(stream_, continue_,
                    [self = shared_from_this()](beast::error_code error, size_t) {
                      if (!error) self->ReadBody();
                    });
}

void HttpConnection::ReadBody() {
  http::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](beast::error_code error, size_t) { self->OnBody(error); });
}

void HttpConnection::OnBody(beast::error_code error) {
  if (error) return Refuse(error);
  Dispatch(absl::OkStatus());
}

void HttpConnection::Dispatch(const absl::Status& unread) {
  HttpRequest request = parser_->release();
  parser_.reset();
  is_head_ = request.method() == http::verb::head;
  keep_alive_ = unread.ok() && request.keep_alive();
  const auto self = shared_from_this();
  HttpExchange exchange{
      .request = std::move(request),
      .unread = unread,
      .peer = PeerOf(stream_.tcp().socket()),
      .caller_is_gone =
          [descriptor = stream_.tcp().socket().native_handle()] { return IsHungUp(descriptor); },
      .respond =
          [self](HttpResponse response, std::function<void()> on_sent) {
            boost::asio::dispatch(
                self->stream_.get_executor(),
                [self, response = std::move(response), on_sent = std::move(on_sent)]() mutable {
                  self->Send(std::move(response), std::move(on_sent));
                });
          }};
  shared_.handler(std::move(exchange));
}

void HttpConnection::Refuse(beast::error_code error) {
  const bool http_error = error.category() == http::make_error_code(http::error{}).category();
  if (!http_error || error == http::error::end_of_stream || error == http::error::partial_message) {
    return;  // the caller, or the time-out, has closed
  }
  is_head_ = parser_->get().method() == http::verb::head;
  if (error == http::error::body_limit) {
    return Dispatch(absl::ResourceExhaustedError(
        absl::StrCat("the body is longer than ", shared_.limits.max_body_bytes, " bytes")));
  }
  keep_alive_ = false;
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return Send(ConnectError(absl::ResourceExhaustedError(absl::StrCat("the header is longer than ",
                                                                       kMaxHeaderBytes, " bytes")),
                             http::status::request_header_fields_too_large),
                {});
  }
  Send(ConnectError(absl::InvalidArgumentError("the request is no HTTP/1.1: " + error.message()),
                    http::status::bad_request),
       {});
}

void HttpConnection::Send(HttpResponse response, std::function<void()> on_sent) {
  response_ = std::move(response);
  on_sent_ = std::move(on_sent);
  keep_alive_ = keep_alive_ && !shared_.draining;
  response_.version(11);
  response_.keep_alive(keep_alive_);
  response_.set(http::field::date, HttpDate());
  const bool has_body = response_.result() != http::status::no_content &&
                        response_.result() != http::status::not_modified;
  if (has_body) response_.prepare_payload();  // the others may not have a Content-Length either
  if (is_head_) response_.body().clear();
  stream_.tcp().expires_after(shared_.limits.write_timeout);
  http::async_write(
      stream_, response_,
      [self = shared_from_this()](beast::error_code error, size_t) { self->OnSent(error); });
}

void HttpConnection::OnSent(beast::error_code error) {
  std::exchange(on_sent_, {});
  response_ = HttpResponse();
  if (error) return;
  if (!keep_alive_) {
    stream_.tcp().expires_after(kLingerTime);
    if (!stream_.has_tls()) return EndSending();
    return stream_.AsyncSayEnd(
        [self = shared_from_this()](beast::error_code) { self->EndSending(); });
  }
  AwaitRequest();
}

void HttpConnection::EndSending() {
  shutdown(stream_.tcp().socket().native_handle(), SHUT_WR);
  Linger();
}

void HttpConnection::Linger() {
  buffer_.clear();
  stream_.tcp().async_read_some(buffer_.prepare(kReadBytes),
                                [self = shared_from_this()](beast::error_code error, size_t) {
                                  if (!error) self->Linger();
                                });
}

}  // namespace rubricator
