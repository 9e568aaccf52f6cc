// The bytes of one HTTP connection, with or without TLS.
#ifndef RUBRICATOR_SERVER_HTTP_HTTP_STREAM_H_
#define RUBRICATOR_SERVER_HTTP_HTTP_STREAM_H_

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/error.hpp>
#include <memory>
#include <optional>
#include <utility>

namespace rubricator {

// An AsyncStream as Beast has it. One strand.
class HttpStream {
 public:
  using Tcp = boost::beast::basic_stream<boost::asio::generic::stream_protocol>;
  using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol>;
  using executor_type = Tcp::executor_type;

  // `tls` null: none.
  HttpStream(Socket socket, std::shared_ptr<boost::asio::ssl::context> tls)
      : tcp_(std::move(socket)), context_(std::move(tls)) {
    if (context_ != nullptr) tls_.emplace(tcp_, *context_);
  }

  executor_type get_executor() { return tcp_.get_executor(); }
  // For time-outs, options and the end.
  Tcp& tcp() { return tcp_; }
  bool has_tls() const { return tls_.has_value(); }

  // Only with TLS.
  template <typename Handler>
  void AsyncHandshake(Handler handler) {
    tls_->async_handshake(boost::asio::ssl::stream_base::server, std::move(handler));
  }
  // Only with TLS: says that no more will come, so that the caller knows the answer is whole.
  template <typename Handler>
  void AsyncSayEnd(Handler handler) {
    tls_->async_shutdown(std::move(handler));
  }

  template <typename Buffers, typename Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return tls_.has_value() ? tls_->async_read_some(buffers, std::forward<Handler>(handler))
                            : tcp_.async_read_some(buffers, std::forward<Handler>(handler));
  }
  template <typename Buffers, typename Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return tls_.has_value() ? tls_->async_write_some(buffers, std::forward<Handler>(handler))
                            : tcp_.async_write_some(buffers, std::forward<Handler>(handler));
  }

 private:
  Tcp tcp_;
  const std::shared_ptr<boost::asio::ssl::context> context_;
  std::optional<boost::asio::ssl::stream<Tcp&>> tls_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_HTTP_STREAM_H_
