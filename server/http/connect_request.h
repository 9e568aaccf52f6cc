// What the headers of a unary Connect request say. https://connectrpc.com/docs/protocol/
#ifndef RUBRICATOR_SERVER_HTTP_CONNECT_REQUEST_H_
#define RUBRICATOR_SERVER_HTTP_CONNECT_REQUEST_H_

#include <chrono>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "server/http/http_message.h"

namespace rubricator {

enum class Codec { kJson, kBinary };

inline constexpr std::string_view kConnectContentTypes = "application/json, application/proto";

// "application/json" (with any charset of UTF-8's kind) or "application/proto".
std::string_view ContentType(Codec codec);
// None for another content type.
std::optional<Codec> CodecOf(std::string_view content_type);

struct ConnectHeaders {
  // From a Connect client, whose messages are built by generated code.
  bool has_protocol_version = false;
  std::optional<std::chrono::milliseconds> timeout;
  bool is_gzip = false;
};

// Errors: INVALID_ARGUMENT for a Connect-Protocol-Version other than 1 and for a Connect-Timeout-Ms
// that is no number of at most 10 digits; UNIMPLEMENTED for a Content-Encoding other than gzip and
// identity.
absl::StatusOr<ConnectHeaders> ReadConnectHeaders(const HttpRequest& request);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_CONNECT_REQUEST_H_
