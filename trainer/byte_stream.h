// A file's bytes from beginning to end, unpacked where it is gzip.
#ifndef RUBRICATOR_TRAINER_BYTE_STREAM_H_
#define RUBRICATOR_TRAINER_BYTE_STREAM_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

struct gzFile_s;

namespace rubricator {

class ByteStream {
 public:
  // Errors: NOT_FOUND no such regular file, or it cannot be opened.
  static absl::StatusOr<ByteStream> Open(const std::filesystem::path& path);

  // Fills at most `size` bytes of `buffer`; 0: the end. Errors: DATA_LOSS a broken gzip stream.
  absl::StatusOr<size_t> Read(char* buffer, size_t size);

 private:
  struct Closer {
    void operator()(gzFile_s* file) const;
  };
  ByteStream(std::string name, gzFile_s* file) : name_(std::move(name)), file_(file) {}
  std::string name_;
  std::unique_ptr<gzFile_s, Closer> file_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_BYTE_STREAM_H_
