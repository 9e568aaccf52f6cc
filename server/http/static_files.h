// Files by GET and HEAD: the console.
#ifndef RUBRICATOR_SERVER_HTTP_STATIC_FILES_H_
#define RUBRICATOR_SERVER_HTTP_STATIC_FILES_H_

#include <optional>
#include <span>
#include <string_view>

#include "server/http/embedded_files.h"
#include "server/http/http_message.h"

namespace rubricator {

// The file at `path` ("/", which is index.html, or "/app.js"), or 304 when `request` says that the
// caller has it. None if there is no such file. Browsers are told to fetch nothing from elsewhere
// (Content-Security-Policy) and to ask again each time (ETag).
std::optional<HttpResponse> StaticFile(std::span<const EmbeddedFile> files, std::string_view path,
                                       const HttpRequest& request);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_STATIC_FILES_H_
