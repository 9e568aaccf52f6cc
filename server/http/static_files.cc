#include "server/http/static_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kContentTypes = {
    {{".css", "text/css; charset=utf-8"},
     {".html", "text/html; charset=utf-8"},
     {".ico", "image/x-icon"},
     {".js", "text/javascript; charset=utf-8"},
     {".json", "application/json"},
     {".mjs", "text/javascript; charset=utf-8"},
     {".png", "image/png"},
     {".svg", "image/svg+xml"},
     {".txt", "text/plain; charset=utf-8"},
     {".webp", "image/webp"}}};

std::string_view ContentTypeOf(std::string_view path) {
  for (const auto& [extension, type] : kContentTypes) {
    if (path.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

// If-None-Match compares weakly: RFC 9110, 13.1.2.
bool Matches(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match == "*") return true;
  for (absl::string_view candidate : absl::StrSplit(AsAbsl(if_none_match), ',')) {
    candidate = absl::StripAsciiWhitespace(candidate);
    absl::ConsumePrefix(&candidate, "W/");
    if (candidate == AsAbsl(etag.substr(2))) return true;
  }
  return false;
}

}  // namespace

std::optional<HttpResponse> StaticFile(std::span<const EmbeddedFile> files, std::string_view path,
                                       const HttpRequest& request) {
  const std::string_view name = path == "/" ? "index.html" : path.substr(1);
  const auto file = std::find_if(files.begin(), files.end(),
                                 [&](const EmbeddedFile& file) { return file.path == name; });
  if (file == files.end()) return std::nullopt;
  // Weak, as the same file goes out compressed or not.
  const std::string etag = absl::StrCat("W/\"", AsAbsl(file->sha256.substr(0, 16)), "\"");
  const bool known = Matches(AsStd(request[http::field::if_none_match]), etag);
  HttpResponse response =
      TextResponse(known ? http::status::not_modified : http::status::ok, ContentTypeOf(name),
                   known ? "" : std::string(file->content));
  response.set(http::field::etag, etag);
  response.set(http::field::cache_control, "no-cache");
  response.set("Content-Security-Policy", AsBeast(kContentSecurityPolicy));
  response.set("Referrer-Policy", "no-referrer");
  return response;
}

}  // namespace rubricator
