#include "server/http/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

constexpr int kGzipWindowBits = 15 + 16;  // zlib.h: the greatest window, in gzip's wrapping
constexpr size_t kFirstBytes = 16 * 1024;

Bytef* Input(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads them
}

// Ends itself.
struct Inflater {
  Inflater() { inflateInit2(&stream, kGzipWindowBits); }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream stream = {};
};

absl::Status NotGzip(const char* why) {
  return absl::InvalidArgumentError(absl::StrCat("the body is no gzip: ", why));
}

}  // namespace

absl::StatusOr<std::string> Gunzip(std::string_view compressed, size_t max_bytes) {
  Inflater inflater;
  z_stream& stream = inflater.stream;
  stream.next_in = Input(compressed);
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string plain;
  size_t size = 0;
  while (true) {
    if (size == plain.size()) {
      // One byte beyond the limit tells "more" from "just enough".
      plain.resize(std::min(std::max(kFirstBytes, 2 * size), max_bytes + 1));
    }
    stream.next_out = reinterpret_cast<Bytef*>(plain.data() + size);
    stream.avail_out = static_cast<uInt>(plain.size() - size);
    const int result = inflate(&stream, Z_NO_FLUSH);
    size = plain.size() - stream.avail_out;
    if (size > max_bytes) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the body unfolds to more than ", max_bytes, " bytes"));
    }
    if (result == Z_STREAM_END) {
      if (stream.avail_in == 0) break;
      if (inflateReset(&stream) != Z_OK) return NotGzip("its members do not fit");
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return NotGzip(stream.msg == nullptr ? "it is damaged" : stream.msg);
    } else if (stream.avail_in == 0 && stream.avail_out != 0) {
      return NotGzip("it ends early");
    }
  }
  plain.resize(size);
  return plain;
}

std::string Gzip(std::string_view plain) {
  z_stream stream = {};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindowBits, MAX_MEM_LEVEL,
               Z_DEFAULT_STRATEGY);
  std::string compressed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = Input(plain);
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  deflate(&stream, Z_FINISH);
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  return compressed;
}

}  // namespace rubricator
