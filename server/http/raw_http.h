// For tests: an HTTP client that sends bytes as they are.
#ifndef RUBRICATOR_SERVER_HTTP_RAW_HTTP_H_
#define RUBRICATOR_SERVER_HTTP_RAW_HTTP_H_

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "nlohmann/json.hpp"
#include "server/http/http_message.h"

namespace rubricator {

// One connection to "127.0.0.1:port". Each function waits for its end, for half a minute at most.
// One thread at a time.
class RawHttp {
 public:
  explicit RawHttp(const std::string& address) {
    const size_t colon = address.rfind(':');
    boost::asio::ip::tcp::resolver resolver(io_);
    stream_.expires_after(kPatience);
    stream_.connect(resolver.resolve(address.substr(0, colon), address.substr(colon + 1)));
  }

  // False when the server has closed.
  bool Write(std::string_view bytes) {
    boost::beast::error_code error;
    boost::asio::write(stream_.socket(), boost::asio::buffer(bytes.data(), bytes.size()), error);
    return !error;
  }
  bool Write(const HttpRequest& request) {
    boost::beast::error_code error;
    http::write(stream_, request, error);
    return !error;
  }
  // The next answer; none when the server has closed. `to_head`: it has no body whatever its
  // Content-Length.
  std::optional<HttpResponse> Read(bool to_head = false) {
    http::response_parser<http::string_body> parser;
    parser.skip(to_head);
    parser.body_limit(64U << 20U);
    if (Run([&](auto done) { http::async_read(stream_, buffer_, parser, done); })) {
      return std::nullopt;
    }
    return parser.release();
  }
  std::optional<HttpResponse> Ask(const HttpRequest& request) {
    Write(request);
    return Read(request.method() == http::verb::head);
  }
  // Whether the server closes, as opposed to sending more.
  bool SeesTheEnd() {
    return Run([&](auto done) { stream_.async_read_some(buffer_.prepare(1), done); }) ==
           boost::asio::error::eof;
  }
  void HangUp() { stream_.close(); }

 private:
  static constexpr auto kPatience = std::chrono::seconds(30);

  template <typename Begin>
  boost::beast::error_code Run(Begin begin) {
    boost::beast::error_code result;
    stream_.expires_after(kPatience);
    begin([&](boost::beast::error_code error, size_t) { result = error; });
    io_.restart();
    io_.run();
    EXPECT_NE(result, boost::beast::error::timeout) << "the server neither answers nor closes";
    return result;
  }

  boost::asio::io_context io_;
  boost::beast::tcp_stream stream_{io_};
  boost::beast::flat_buffer buffer_;
};

inline HttpRequest Get(const std::string& target) {
  HttpRequest request(http::verb::get, target, 11);
  request.set(http::field::host, "test");
  return request;
}

// A call of "ModelService/GetModel" with JSON.
inline HttpRequest JsonCall(const std::string& method, const std::string& body) {
  HttpRequest request(http::verb::post, "/rubricator.v1." + method, 11, body);
  request.set(http::field::host, "test");
  request.set(http::field::content_type, "application/json");
  request.prepare_payload();
  return request;
}

inline nlohmann::json JsonOf(const HttpResponse& response) {
  return nlohmann::json::parse(response.body(), nullptr, /*allow_exceptions=*/false);
}

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_RAW_HTTP_H_
