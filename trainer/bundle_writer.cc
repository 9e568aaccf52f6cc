#include "trainer/bundle_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

namespace fs = std::filesystem;

absl::Status SystemError(const fs::path& path, const std::string& what) {
  return absl::UnknownError(absl::StrCat(path.string(), ": ", what));
}

absl::Status Flush(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return SystemError(path, std::strerror(errno));
  const bool is_flushed = fsync(file) == 0;
  const std::string problem = std::strerror(errno);
  close(file);
  return is_flushed ? absl::OkStatus() : SystemError(path, problem);
}

absl::Status Rename(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  return error ? SystemError(to, error.message()) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<BundleWriter> BundleWriter::Begin(const fs::path& destination) {
  const fs::path absolute = fs::absolute(destination).lexically_normal();
  const fs::path place = absolute.has_filename() ? absolute : absolute.parent_path();
  std::error_code error;
  fs::create_directories(place.parent_path(), error);
  if (error) return SystemError(place.parent_path(), error.message());
  const fs::path folder = place.string() + absl::StrCat(".new-", getpid());
  fs::remove_all(folder, error);
  if (!fs::create_directory(folder, error)) return SystemError(folder, error.message());
  return BundleWriter(place, folder);
}

BundleWriter::BundleWriter(BundleWriter&& other) noexcept
    : destination_(std::move(other.destination_)), folder_(std::exchange(other.folder_, {})) {}

BundleWriter::~BundleWriter() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

absl::Status BundleWriter::WriteText(const std::string& name, const std::string& text) {
  std::ofstream file(folder_ / name, std::ios::binary);
  file << text;
  file.close();
  return file ? absl::OkStatus() : SystemError(folder_ / name, std::strerror(errno));
}

absl::Status BundleWriter::CopyFrom(const fs::path& source, const std::string& name) {
  std::error_code error;
  fs::copy_file(source, folder_ / name, fs::copy_options::overwrite_existing, error);
  return error ? SystemError(source, error.message()) : absl::OkStatus();
}

absl::Status BundleWriter::WriteManifestFile(ModelManifest& manifest) {
  manifest.files.clear();
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name == "manifest.json") continue;
    ASSIGN_OR_RETURN(manifest.files[name], DescribeFile(entry.path()));
  }
  return WriteText("manifest.json", WriteManifest(manifest));
}

absl::Status BundleWriter::Publish(ModelManifest manifest) {
  RETURN_IF_ERROR(WriteManifestFile(manifest));
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_))
    RETURN_IF_ERROR(Flush(entry.path()));
  RETURN_IF_ERROR(Flush(folder_));
  const fs::path old = folder_.string() + ".old";
  const bool has_old = fs::exists(destination_);
  if (has_old) RETURN_IF_ERROR(Rename(destination_, old));
  const absl::Status renamed = Rename(folder_, destination_);
  if (!renamed.ok()) {
    if (has_old) RETURN_IF_ERROR(Rename(old, destination_));
    return renamed;
  }
  folder_.clear();
  std::error_code ignored;
  if (has_old) fs::remove_all(old, ignored);
  return Flush(destination_.parent_path());
}

}  // namespace rubricator
