#include "server/http/connect_request.h"

#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
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

std::string_view ContentType(Codec codec) {
  return codec == Codec::kJson ? "application/json" : "application/proto";
}

std::optional<Codec> CodecOf(std::string_view content_type) {
  const absl::string_view type =
      absl::StripAsciiWhitespace(AsAbsl(content_type.substr(0, content_type.find(';'))));
  if (absl::EqualsIgnoreCase(type, "application/json")) return Codec::kJson;
  if (absl::EqualsIgnoreCase(type, "application/proto")) return Codec::kBinary;
  return std::nullopt;
}

absl::StatusOr<ConnectHeaders> ReadConnectHeaders(const HttpRequest& request) {
  ConnectHeaders headers;
  const auto version = request.find("Connect-Protocol-Version");
  if (version != request.end()) {
    if (version->value() != "1") {
      return absl::InvalidArgumentError(absl::StrCat(
          "Connect-Protocol-Version: ", Quoted(AsStd(version->value())), "; there is only 1"));
    }
    headers.has_protocol_version = true;
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

}  // namespace rubricator
