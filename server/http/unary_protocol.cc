#include "server/http/unary_protocol.h"

#include "absl/strings/ascii.h"
#include "classifier/absl_view.h"
#include "server/http/connect_protocol.h"
#include "server/http/grpc_web_protocol.h"

namespace rubricator {

std::optional<UnaryForm> UnaryFormOf(std::string_view content_type) {
  static const ConnectProtocol connect;
  static const GrpcWebProtocol grpc_web;
  const std::string type = absl::AsciiStrToLower(
      absl::StripAsciiWhitespace(AsAbsl(content_type.substr(0, content_type.find(';')))));
  if (type == "application/json") return UnaryForm{&connect, Codec::kJson};
  if (type == "application/proto") return UnaryForm{&connect, Codec::kBinary};
  if (type == "application/grpc-web" || type == "application/grpc-web+proto") {
    return UnaryForm{&grpc_web, Codec::kBinary};
  }
  if (type == "application/grpc-web+json") return UnaryForm{&grpc_web, Codec::kJson};
  return std::nullopt;
}

}  // namespace rubricator
