// A file's bytes in memory, shared with every process that maps it.
#ifndef RUBRICATOR_CLASSIFIER_MAPPED_FILE_H_
#define RUBRICATOR_CLASSIFIER_MAPPED_FILE_H_

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace rubricator {

// Read-only. Whoever replaces a mapped file must rename a new one into its place: writing into it,
// or cutting it, changes or kills the readers.
class MappedFile {
 public:
  // Errors: NOT_FOUND no such regular file; UNKNOWN with the system's message.
  static absl::StatusOr<MappedFile> Open(const std::filesystem::path& path);

  MappedFile(MappedFile&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~MappedFile();

  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile(const char* data, size_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;  // null when the file is empty
  size_t size_ = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_MAPPED_FILE_H_
