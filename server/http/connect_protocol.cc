#include "server/http/connect_protocol.h"

#include <cstdint>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "server/http/connect_error.h"
#include "server/http/gzip.h"
#include "service/utf8_prefix.h"

namespace rubricator {
namespace {

constexpr size_t kMaxTimeoutDigits = 10;
constexpr size_t kMaxQuotedBytes = 64;

std::string Quoted(std::string_view value) {
  return absl::StrCat("'", absl::CHexEscape(AsAbsl(Utf8Prefix(value, kMaxQuotedBytes))), "'");
}

absl::StatusOr<std::chrono::milliseconds> ReadTimeout(std::string_view value) {
  uint64_t number = 0;
  const bool digits = !value.empty() && value.size() <= kMaxTimeoutDigits &&
                      value.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || !absl::SimpleAtoi(AsAbsl(value), &number)) {
    return absl::InvalidArgumentError(absl::StrCat("Connect-Timeout-Ms: ", Quoted(value),
                                                   " is no number of at most ", kMaxTimeoutDigits,
                                                   " digits"));
  }
  return std::chrono::milliseconds(number);
}

}  // namespace

absl::StatusOr<UnaryHeaders> ConnectProtocol::ReadHeaders(const HttpRequest& request) const {
  UnaryHeaders headers;
  const auto version = request.find("Connect-Protocol-Version");
  if (version != request.end()) {
    if (version->value() != "1") {
      return absl::InvalidArgumentError(absl::StrCat(
          "Connect-Protocol-Version: ", Quoted(AsStd(version->value())), "; there is only 1"));
    }
    headers.from_generated_code = true;
  }
  const auto timeout = request.find("Connect-Timeout-Ms");
  if (timeout != request.end()) {
    ASSIGN_OR_RETURN(headers.timeout, ReadTimeout(AsStd(timeout->value())));
  }
  const std::string_view encoding = AsStd(request[http::field::content_encoding]);
  headers.is_gzip = absl::EqualsIgnoreCase(AsAbsl(encoding), "gzip");
  if (!headers.is_gzip && !encoding.empty() &&
      !absl::EqualsIgnoreCase(AsAbsl(encoding), "identity")) {
    return absl::UnimplementedError(
        absl::StrCat("Content-Encoding: ", Quoted(encoding), "; there are gzip and identity"));
  }
  return headers;
}

absl::StatusOr<std::string> ConnectProtocol::ReadBody(std::string body, const UnaryHeaders& headers,
                                                      size_t max_bytes) const {
  if (!headers.is_gzip || body.empty()) return body;
  return Gunzip(body, max_bytes);
}

HttpResponse ConnectProtocol::Success(std::string message, Codec codec) const {
  return TextResponse(http::status::ok,
                      codec == Codec::kJson ? "application/json" : "application/proto",
                      std::move(message));
}

HttpResponse ConnectProtocol::Failure(const absl::Status& status, Codec /*codec*/) const {
  HttpResponse response = ConnectError(status);
  response.set(http::field::accept_encoding, "gzip, identity");
  return response;
}

}  // namespace rubricator
