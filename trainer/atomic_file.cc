#include "trainer/atomic_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <ios>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace rubricator {

absl::Status WriteFileAtomically(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path unfinished = path.string() + ".unfinished";
  errno = 0;
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  if (!file) {
    const std::string reason = std::strerror(errno);
    std::filesystem::remove(unfinished, error);
    return absl::UnknownError(absl::StrCat(unfinished.string(), ": ", reason));
  }
  std::filesystem::rename(unfinished, path, error);
  if (!error) return absl::OkStatus();
  const absl::Status status =
      absl::UnknownError(absl::StrCat(path.string(), ": ", error.message()));
  std::filesystem::remove(unfinished, error);
  return status;
}

}  // namespace rubricator
