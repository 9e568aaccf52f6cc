// A unary call as Connect writes it: https://connectrpc.com/docs/protocol/#unary-request
#ifndef RUBRICATOR_SERVER_HTTP_CONNECT_PROTOCOL_H_
#define RUBRICATOR_SERVER_HTTP_CONNECT_PROTOCOL_H_

#include "server/http/unary_protocol.h"

namespace rubricator {

// The body is the message; Content-Encoding may be gzip. ReadHeaders() refuses a
// Connect-Protocol-Version other than 1 and a Connect-Timeout-Ms that is no number of at most 10
// digits.
class ConnectProtocol final : public UnaryProtocol {
 public:
  absl::StatusOr<UnaryHeaders> ReadHeaders(const HttpRequest& request) const override;
  absl::StatusOr<std::string> ReadBody(std::string body, const UnaryHeaders& headers,
                                       size_t max_bytes) const override;
  HttpResponse Success(std::string message, Codec codec) const override;
  HttpResponse Failure(const absl::Status& status, Codec codec) const override;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_CONNECT_PROTOCOL_H_
