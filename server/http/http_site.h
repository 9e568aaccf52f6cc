// What stands where over HTTP: the API, the console, health.
#ifndef RUBRICATOR_SERVER_HTTP_HTTP_SITE_H_
#define RUBRICATOR_SERVER_HTTP_HTTP_SITE_H_

#include <functional>
#include <string_view>
#include <utility>

#include "server/http/connect_handler.h"
#include "server/http/cors.h"
#include "server/http/http_message.h"

namespace rubricator {

// Thread-safe.
//
//   POST /rubricator.v1.ModelService/GetModel   the API, by ConnectHandler
//   GET  /healthz                               200 "ok" while the process answers
//   GET  /readyz                                200 "ready", or 503 "not ready"
//   GET  /, /app.js, …                          the console
class HttpSite {
 public:
  // Borrows `api`. `is_ready` is thread-safe.
  HttpSite(const ConnectHandler& api, CorsPolicy cors, std::function<bool()> is_ready)
      : api_(api), cors_(std::move(cors)), is_ready_(std::move(is_ready)) {}

  // Answers are compressed where the caller takes gzip and it is worth it.
  void Answer(HttpExchange exchange) const;

 private:
  HttpResponse Page(const HttpRequest& request, std::string_view path) const;

  const ConnectHandler& api_;
  const CorsPolicy cors_;
  const std::function<bool()> is_ready_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_HTTP_SITE_H_
