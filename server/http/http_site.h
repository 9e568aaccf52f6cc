// What stands where over HTTP: the API, the console, health.
#ifndef RUBRICATOR_SERVER_HTTP_HTTP_SITE_H_
#define RUBRICATOR_SERVER_HTTP_HTTP_SITE_H_

#include <functional>
#include <string>
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
//   GET  /metrics                               for Prometheus
//   GET  /, /app.js, …                          the console
class HttpSite {
 public:
  struct Sources {
    const ConnectHandler* api = nullptr;   // borrowed; null: no API and no console here
    std::function<bool()> is_ready;        // thread-safe
    std::function<std::string()> metrics;  // thread-safe; empty: no metrics here
  };

  HttpSite(Sources sources, CorsPolicy cors)
      : sources_(std::move(sources)), cors_(std::move(cors)) {}

  // Answers are compressed where the caller takes gzip and it is worth it.
  void Answer(HttpExchange exchange) const;

 private:
  HttpResponse Page(const HttpRequest& request, std::string_view path) const;

  const Sources sources_;
  const CorsPolicy cors_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_HTTP_SITE_H_
