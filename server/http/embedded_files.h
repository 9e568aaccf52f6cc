// The files of server/console/, built into the program (cmake/EmbedFiles.cmake writes the table).
#ifndef RUBRICATOR_SERVER_HTTP_EMBEDDED_FILES_H_
#define RUBRICATOR_SERVER_HTTP_EMBEDDED_FILES_H_

#include <span>
#include <string_view>

namespace rubricator {

struct EmbeddedFile {
  std::string_view path;    // below the folder: "index.html", "views/model.js"
  std::string_view sha256;  // 64 lower-case hex digits
  std::string_view content;
};

// In the order of the build file.
std::span<const EmbeddedFile> ConsoleFiles();

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_EMBEDDED_FILES_H_
