#include "server/http/grpc_web_protocol.h"

#include <cstdint>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "server/http/gzip.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

constexpr size_t kPrefixBytes = 5;  // flags, and the length as four bytes, the greatest first
constexpr unsigned char kCompressed = 0x01;
constexpr unsigned char kTrailers = 0x80;
constexpr size_t kMaxTimeoutDigits = 8;

std::string Frame(unsigned char flags, std::string_view content) {
  std::string frame(kPrefixBytes, static_cast<char>(flags));
  for (size_t i = 1; i < kPrefixBytes; ++i) {
    frame[i] = static_cast<char>(content.size() >> (8 * (kPrefixBytes - 1 - i)));
  }
  frame.append(content);
  return frame;
}

std::chrono::nanoseconds UnitOf(char letter) {
  switch (letter) {
    case 'H':
      return std::chrono::hours(1);
    case 'M':
      return std::chrono::minutes(1);
    case 'S':
      return std::chrono::seconds(1);
    case 'm':
      return std::chrono::milliseconds(1);
    case 'u':
      return std::chrono::microseconds(1);
    case 'n':
      return std::chrono::nanoseconds(1);
    default:
      return std::chrono::nanoseconds(0);
  }
}

absl::StatusOr<std::chrono::nanoseconds> ReadTimeout(std::string_view value) {
  const std::string_view digits = value.substr(0, value.empty() ? 0 : value.size() - 1);
  const std::chrono::nanoseconds unit = UnitOf(value.empty() ? '\0' : value.back());
  uint32_t number = 0;
  if (unit.count() == 0 || digits.empty() || digits.size() > kMaxTimeoutDigits ||
      digits.find_first_not_of("0123456789") != std::string_view::npos ||
      !absl::SimpleAtoi(AsAbsl(digits), &number)) {
    return absl::InvalidArgumentError(
        "Grpc-Timeout: is not 1 to 8 digits and one of H, M, S, m, u, n");
  }
  // Longer ones are as good as none, and would not fit nanoseconds.
  if (unit >= std::chrono::minutes(1)) return std::chrono::hours(24);
  return number * unit;
}

// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md: Percent-Encoded.
std::string PercentEncoded(std::string_view text) {
  std::string encoded;
  for (const char byte : text) {
    if (byte >= ' ' && byte <= '~' && byte != '%') {
      encoded += byte;
    } else {
      absl::StrAppend(&encoded, absl::StrFormat("%%%02X", static_cast<unsigned char>(byte)));
    }
  }
  return encoded;
}

std::string_view ContentType(Codec codec) {
  return codec == Codec::kJson ? "application/grpc-web+json" : "application/grpc-web+proto";
}

// UNIMPLEMENTED is what the protocol says of a unary call with no message or several.
absl::Status NoFrame() { return absl::UnimplementedError("the body is not one gRPC-Web frame"); }

}  // namespace

absl::StatusOr<UnaryHeaders> GrpcWebProtocol::ReadHeaders(const HttpRequest& request) const {
  UnaryHeaders headers{.from_generated_code = true, .timeout = {}};
  const auto timeout = request.find("Grpc-Timeout");
  if (timeout != request.end()) {
    ASSIGN_OR_RETURN(headers.timeout, ReadTimeout(AsStd(timeout->value())));
  }
  const auto encoding = request.find("Grpc-Encoding");
  if (encoding != request.end()) {
    headers.is_gzip = encoding->value() == "gzip";
    if (!headers.is_gzip && encoding->value() != "identity") {
      return absl::UnimplementedError("Grpc-Encoding: there are gzip and identity");
    }
  }
  return headers;
}

absl::StatusOr<std::string> GrpcWebProtocol::ReadBody(std::string body, const UnaryHeaders& headers,
                                                      size_t max_bytes) const {
  if (body.size() < kPrefixBytes) return NoFrame();
  size_t size = 0;
  for (size_t i = 1; i < kPrefixBytes; ++i) size = size << 8U | static_cast<unsigned char>(body[i]);
  const auto flags = static_cast<unsigned char>(body[0]);
  if (size != body.size() - kPrefixBytes || (flags & ~kCompressed) != 0) return NoFrame();
  body.erase(0, kPrefixBytes);
  if ((flags & kCompressed) == 0) return body;
  if (!headers.is_gzip) return absl::InternalError("the frame is compressed, by no Grpc-Encoding");
  if (body.empty()) return body;
  return Gunzip(body, max_bytes);
}

HttpResponse GrpcWebProtocol::Success(std::string message, Codec codec) const {
  return TextResponse(http::status::ok, ContentType(codec),
                      Frame(0, message) + Frame(kTrailers, "grpc-status: 0\r\n"));
}

HttpResponse GrpcWebProtocol::Failure(const absl::Status& status, Codec codec) const {
  const google::rpc::Status rpc_status = ToRpcStatus(status);
  std::string trailers =
      absl::StrCat("grpc-status: ", rpc_status.code(),
                   "\r\ngrpc-message: ", PercentEncoded(rpc_status.message()), "\r\n");
  if (rpc_status.details_size() > 0) {
    std::string details = absl::Base64Escape(rpc_status.SerializeAsString());
    details.erase(details.find_last_not_of('=') + 1);  // gRPC's metadata have no padding
    absl::StrAppend(&trailers, "grpc-status-details-bin: ", details, "\r\n");
  }
  HttpResponse response =
      TextResponse(http::status::ok, ContentType(codec), Frame(kTrailers, trailers));
  response.set("Grpc-Accept-Encoding", "gzip, identity");
  return response;
}

}  // namespace rubricator
