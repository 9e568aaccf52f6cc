#include "server/http/http_site.h"

#include <optional>
#include <string>
#include <utility>

#include "server/http/connect_error.h"
#include "server/http/content_coding.h"
#include "server/http/static_files.h"

namespace rubricator {
namespace {

constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
// https://prometheus.io/docs/instrumenting/exposition_formats/
constexpr std::string_view kPrometheusText = "text/plain; version=0.0.4; charset=utf-8";

HttpResponse NoSuchPage() {
  return TextResponse(http::status::not_found, kPlainText,
                      "There is nothing here. The API is at /rubricator.v1.Service/Method, the "
                      "console at /.\n");
}

HttpResponse OnlyRead() {
  HttpResponse response =
      TextResponse(http::status::method_not_allowed, kPlainText, "Only GET and HEAD.\n");
  response.set(http::field::allow, "GET, HEAD");
  return response;
}

}  // namespace

void HttpSite::Answer(HttpExchange exchange) const {
  exchange.respond = [this, gzip = TakesGzip(exchange.request),
                      origin = std::string(AsStd(exchange.request[http::field::origin])),
                      respond = std::move(exchange.respond)](HttpResponse response,
                                                             std::function<void()> on_sent) {
    response.set("X-Content-Type-Options", "nosniff");
    response.set(http::field::vary, "Accept-Encoding");
    cors_.Apply(origin, response);
    if (gzip) Compress(response);
    respond(std::move(response), std::move(on_sent));
  };
  std::optional<HttpResponse> preflight = cors_.Preflight(exchange.request);
  if (preflight.has_value()) return exchange.respond(*std::move(preflight), {});
  if (!exchange.unread.ok()) return ConnectHandler::Refuse(std::move(exchange));
  const std::string_view target = AsStd(exchange.request.target());
  const std::string path(target.substr(0, target.find('?')));
  if (sources_.api != nullptr && ConnectHandler::IsCall(path)) {
    return sources_.api->Answer(std::move(exchange));
  }
  exchange.respond(Page(exchange.request, path), {});
}

HttpResponse HttpSite::Page(const HttpRequest& request, std::string_view path) const {
  if (path.empty() || path[0] != '/') return NoSuchPage();
  if (request.method() != http::verb::get && request.method() != http::verb::head) {
    return OnlyRead();
  }
  if (path == "/healthz") return TextResponse(http::status::ok, kPlainText, "ok\n");
  if (path == "/readyz") {
    return sources_.is_ready()
               ? TextResponse(http::status::ok, kPlainText, "ready\n")
               : TextResponse(http::status::service_unavailable, kPlainText, "not ready\n");
  }
  if (path == "/metrics" && sources_.metrics) {
    return TextResponse(http::status::ok, kPrometheusText, sources_.metrics());
  }
  if (sources_.api == nullptr) return NoSuchPage();
  std::optional<HttpResponse> file = StaticFile(ConsoleFiles(), path, request);
  return file.has_value() ? *std::move(file) : NoSuchPage();
}

}  // namespace rubricator
