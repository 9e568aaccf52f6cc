// Which web pages of other origins may call: https://fetch.spec.whatwg.org/#http-cors-protocol
#ifndef RUBRICATOR_SERVER_HTTP_CORS_H_
#define RUBRICATOR_SERVER_HTTP_CORS_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "server/http/http_message.h"

namespace rubricator {

// Error: INVALID_ARGUMENT unless `origin` is "*" or what browsers send as Origin: scheme, host and,
// unless it is the scheme's own, port, in lower case and with nothing after them.
absl::Status CheckOrigin(const std::string& origin);

// Immutable. Nothing is refused here: what an origin may not read, its browser keeps from it.
class CorsPolicy {
 public:
  // "https://cms.example", or "*" for any; none: pages of the server's own origin only.
  explicit CorsPolicy(std::vector<std::string> allowed_origins)
      : allowed_origins_(std::move(allowed_origins)) {}

  // The answer to a browser that asks before it calls; none if `request` is no such question.
  std::optional<HttpResponse> Preflight(const HttpRequest& request) const;
  // Lets the page at `origin` (empty: no page) read `response`, if it may.
  void Apply(std::string_view origin, HttpResponse& response) const;

 private:
  bool Allows(std::string_view origin) const;

  const std::vector<std::string> allowed_origins_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_CORS_H_
