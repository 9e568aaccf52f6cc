#include "server/http/cors.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

// What Connect's and gRPC-Web's clients send, and Authorization.
constexpr char kRequestHeaders[] =
    "Authorization, Connect-Protocol-Version, Connect-Timeout-Ms, Content-Encoding, Content-Type, "
    "Grpc-Timeout, X-Grpc-Web, X-User-Agent";
constexpr char kResponseHeaders[] =
    "Content-Encoding, Grpc-Message, Grpc-Status, Grpc-Status-Details-Bin";
constexpr char kMaxAgeSeconds[] = "7200";  // the most that Chromium keeps an answer

constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-.:[]_";

}  // namespace

absl::Status CheckOrigin(const std::string& origin) {
  if (origin == "*") return absl::OkStatus();
  const size_t colon = origin.find("://");
  const std::string_view host =
      colon == std::string::npos ? "" : std::string_view(origin).substr(colon + 3);
  if (colon != 0 && !host.empty() &&
      host.find_first_not_of(kHostCharacters) == std::string_view::npos) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", origin, "' is no origin such as https://cms.example or http://localhost:3000"));
}

bool CorsPolicy::Allows(std::string_view origin) const {
  return std::any_of(
      allowed_origins_.begin(), allowed_origins_.end(),
      [&](const std::string& allowed) { return allowed == "*" || allowed == origin; });
}

std::optional<HttpResponse> CorsPolicy::Preflight(const HttpRequest& request) const {
  if (request.method() != http::verb::options ||
      request.find(http::field::access_control_request_method) == request.end()) {
    return std::nullopt;
  }
  HttpResponse response(http::status::no_content, 11);
  if (Allows(AsStd(request[http::field::origin]))) {
    response.set(http::field::access_control_allow_methods, "GET, POST");
    response.set(http::field::access_control_allow_headers, kRequestHeaders);
    response.set(http::field::access_control_max_age, kMaxAgeSeconds);
  }
  return response;
}

void CorsPolicy::Apply(std::string_view origin, HttpResponse& response) const {
  if (allowed_origins_.empty()) return;
  response.insert(http::field::vary, "Origin");
  if (origin.empty() || !Allows(origin)) return;
  response.set(http::field::access_control_allow_origin, AsBeast(origin));
  response.set(http::field::access_control_expose_headers, kResponseHeaders);
}

}  // namespace rubricator
