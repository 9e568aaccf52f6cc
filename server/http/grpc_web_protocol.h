// A unary call as gRPC-Web writes it: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md
#ifndef RUBRICATOR_SERVER_HTTP_GRPC_WEB_PROTOCOL_H_
#define RUBRICATOR_SERVER_HTTP_GRPC_WEB_PROTOCOL_H_

#include "server/http/unary_protocol.h"

namespace rubricator {

// The body is one frame, which may be compressed where Grpc-Encoding is gzip; the answer a frame
// with the message and one with the trailers, always with HTTP's 200. ReadHeaders() refuses a
// Grpc-Timeout that is not 1 to 8 digits and a unit of H, M, S, m, u, n.
class GrpcWebProtocol final : public UnaryProtocol {
 public:
  absl::StatusOr<UnaryHeaders> ReadHeaders(const HttpRequest& request) const override;
  absl::StatusOr<std::string> ReadBody(std::string body, const UnaryHeaders& headers,
                                       size_t max_bytes) const override;
  HttpResponse Success(std::string message, Codec codec) const override;
  HttpResponse Failure(const absl::Status& status, Codec codec) const override;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_GRPC_WEB_PROTOCOL_H_
