#include "server/access/setting_file.h"

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {

absl::StatusOr<std::string> ReadSettingFile(std::string_view setting, const std::string& path) {
  const std::string where = absl::StrCat(AsAbsl(setting), ": ", path);
  std::error_code error;
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open() || std::filesystem::is_directory(path, error)) {
    return absl::FailedPreconditionError(absl::StrCat(where, " cannot be read"));
  }
  std::string content(kMaxSettingFileBytes + 1, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<size_t>(file.gcount()));
  if (file.bad()) return absl::FailedPreconditionError(absl::StrCat(where, " cannot be read"));
  if (content.size() > kMaxSettingFileBytes) {
    return absl::FailedPreconditionError(
        absl::StrCat(where, " is longer than ", kMaxSettingFileBytes, " bytes"));
  }
  return content;
}

}  // namespace rubricator
