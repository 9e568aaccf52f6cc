#include "service/active_model_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

absl::Status CannotWrite(const std::filesystem::path& file, const std::string& why) {
  return absl::UnavailableError(absl::StrCat(file.string(), ": cannot be written: ", why));
}

bool WriteDurably(const std::filesystem::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(file) == 0;
  return close(file) == 0 && written;
}

// So that the new name is on the disk too.
bool SyncFolder(const std::filesystem::path& folder) {
  const int handle = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return false;
  const bool synced = fsync(handle) == 0;
  close(handle);
  return synced;
}

}  // namespace

std::string ReadActiveModel(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string version;
  std::getline(stream, version);
  return version;
}

absl::Status WriteActiveModel(const std::filesystem::path& file, const std::string& version) {
  if (file.empty()) return absl::OkStatus();
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return CannotWrite(file, error.message());
  const std::filesystem::path unfinished = file.string() + ".part";
  if (!WriteDurably(unfinished, version + "\n")) return CannotWrite(file, std::strerror(errno));
  std::filesystem::rename(unfinished, file, error);
  if (error) return CannotWrite(file, error.message());
  if (!SyncFolder(folder)) return CannotWrite(file, std::strerror(errno));
  return absl::OkStatus();
}

}  // namespace rubricator
