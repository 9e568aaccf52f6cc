#include "classifier/tab_separated.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {

absl::StatusOr<std::string> ReadWholeFile(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return absl::NotFoundError(absl::StrCat("no file ", path.string()));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::filesystem::file_size(path, error), '\0');
  if (error || !file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    return absl::UnknownError(absl::StrCat("cannot read ", path.string()));
  }
  return bytes;
}

absl::Status ForEachRow(
    std::string_view text, std::string_view file_name,
    const std::function<absl::Status(const std::vector<std::string_view>&, int)>& row) {
  std::vector<std::string_view> fields;
  int line = 0;
  while (!text.empty()) {
    ++line;
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view content = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!content.empty() && content.back() == '\r') content.remove_suffix(1);
    if (content.empty() || content.front() == '#') continue;
    fields.clear();
    for (size_t begin = 0; begin <= content.size();) {
      const size_t tab = std::min(content.find('\t', begin), content.size());
      fields.push_back(content.substr(begin, tab - begin));
      begin = tab + 1;
    }
    if (absl::Status status = row(fields, line); !status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat(AsAbsl(file_name), ":", line, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace rubricator
