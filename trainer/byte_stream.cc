#include "trainer/byte_stream.h"

#include <zlib.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace rubricator {

void ByteStream::Closer::operator()(gzFile_s* file) const { gzclose(file); }

absl::StatusOr<ByteStream> ByteStream::Open(const std::filesystem::path& path) {
  std::error_code not_found;
  if (!std::filesystem::is_regular_file(path, not_found)) {
    return absl::NotFoundError(absl::StrCat(path.string(), ": no such file"));
  }
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr)
    return absl::NotFoundError(absl::StrCat(path.string(), ": ", std::strerror(errno)));
  return ByteStream(path.string(), file);
}

absl::StatusOr<size_t> ByteStream::Read(char* buffer, size_t size) {
  const int count = gzread(file_.get(), buffer, static_cast<unsigned>(size));
  if (count > 0) return static_cast<size_t>(count);
  int error = Z_OK;
  const char* message = gzerror(file_.get(), &error);
  if (error != Z_OK && error != Z_STREAM_END)
    return absl::DataLossError(absl::StrCat(name_, ": ", message));
  return 0;
}

}  // namespace rubricator
