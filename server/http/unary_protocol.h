// How a unary call is written over HTTP.
#ifndef RUBRICATOR_SERVER_HTTP_UNARY_PROTOCOL_H_
#define RUBRICATOR_SERVER_HTTP_UNARY_PROTOCOL_H_

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/http/http_message.h"

namespace rubricator {

enum class Codec { kJson, kBinary };

// What a request's headers say of the call.
struct UnaryHeaders {
  // The message is written by generated code, which makes no typing errors but may be newer.
  bool from_generated_code = false;
  std::optional<std::chrono::nanoseconds> timeout;
  bool is_gzip = false;
};

// Immutable, thread-safe.
class UnaryProtocol {
 public:
  virtual ~UnaryProtocol() = default;

  // Errors: INVALID_ARGUMENT for a header that cannot be read; UNIMPLEMENTED for a compression that
  // the server does not have.
  virtual absl::StatusOr<UnaryHeaders> ReadHeaders(const HttpRequest& request) const = 0;
  // The message's bytes out of `body`, at most `max_bytes`. Errors: INVALID_ARGUMENT for a body
  // that is not as the headers say; RESOURCE_EXHAUSTED for one that unfolds to more.
  virtual absl::StatusOr<std::string> ReadBody(std::string body, const UnaryHeaders& headers,
                                               size_t max_bytes) const = 0;
  virtual HttpResponse Success(std::string message, Codec codec) const = 0;
  // `status` is not OK.
  virtual HttpResponse Failure(const absl::Status& status, Codec codec) const = 0;
};

struct UnaryForm {
  const UnaryProtocol* protocol;  // lives for ever
  Codec codec;
};

// What the server takes, as Accept-Post writes it.
inline constexpr std::string_view kUnaryContentTypes =
    "application/json, application/proto, application/grpc-web, application/grpc-web+proto, "
    "application/grpc-web+json";

// None for a content type of no protocol. Parameters such as charset are passed over.
std::optional<UnaryForm> UnaryFormOf(std::string_view content_type);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_UNARY_PROTOCOL_H_
