// A request over HTTP and the way back to who sent it.
#ifndef RUBRICATOR_SERVER_HTTP_HTTP_MESSAGE_H_
#define RUBRICATOR_SERVER_HTTP_HTTP_MESSAGE_H_

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace rubricator {

namespace http = boost::beast::http;

using HttpRequest = http::request<http::string_body>;
using HttpResponse = http::response<http::string_body>;

// Who is at the other end of a connection.
struct HttpPeer {
  std::string kind;     // "ipv4", "ipv6", "unix"
  std::string address;  // "192.0.2.7"; empty for a socket file
};

struct HttpExchange {
  HttpRequest request;  // whole, its body as sent
  // OK, or why the body was not read: RESOURCE_EXHAUSTED when it is too long. To be answered so.
  absl::Status unread = absl::OkStatus();
  HttpPeer peer;
  // Whether the caller has hung up. Cheap and thread-safe; not to be asked after respond().
  std::function<bool()> caller_is_gone;
  // To be called once, on any thread. `on_sent` (may be empty) is let go of when the answer is on
  // the wire or will never be.
  std::function<void(HttpResponse response, std::function<void()> on_sent)> respond;
};

// Called on a thread of the network, or on a worker.
using HttpHandler = std::function<void(HttpExchange exchange)>;

inline std::string_view AsStd(boost::beast::string_view text) { return {text.data(), text.size()}; }
inline boost::beast::string_view AsBeast(std::string_view text) {
  return {text.data(), text.size()};
}

inline HttpResponse TextResponse(http::status status, std::string_view content_type,
                                 std::string body) {
  HttpResponse response(status, 11);
  response.set(http::field::content_type, AsBeast(content_type));
  response.body() = std::move(body);
  return response;
}

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_HTTP_MESSAGE_H_
