// The bytes of gazetteer.bin: a header, then arrays in little-endian order. Shared by its reader
// and writer.
#ifndef RUBRICATOR_CLASSIFIER_GAZETTEER_FORMAT_H_
#define RUBRICATOR_CLASSIFIER_GAZETTEER_FORMAT_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/gazetteer.h"

namespace rubricator {

inline constexpr uint32_t kGazetteerMagic = 0x5A474252;  // "RBGZ"
inline constexpr uint32_t kGazetteerVersion = 1;
// One bit for each value of the upper 19 bits of a first token's hash: 64 KiB, stays in the cache.
inline constexpr int kGazetteerFilterShift = 45;
inline constexpr size_t kGazetteerFilterWords = (size_t{1} << (64 - kGazetteerFilterShift)) / 64;

struct GazetteerHeader {
  uint32_t magic = kGazetteerMagic;
  uint32_t version = kGazetteerVersion;
  uint32_t normalizer_version = kNormalizerVersion;
  uint32_t slots = 0;
  uint32_t entries = 0;
  uint32_t countries = 0;
  uint32_t targets = 0;
  uint32_t reserved = 0;
};

// Reads arrays off a byte string; every Read* returns false, without effect, when too few bytes are
// left.
class GazetteerReader {
 public:
  explicit GazetteerReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  bool Read(T* out, size_t count) {
    if (count > (bytes_.size() - position_) / sizeof(T)) return false;
    if (count > 0) std::memcpy(out, bytes_.data() + position_, count * sizeof(T));
    position_ += count * sizeof(T);
    return true;
  }
  template <typename T>
  bool ReadVector(std::vector<T>& out, size_t count) {
    if (count > (bytes_.size() - position_) / sizeof(T)) return false;
    out.resize(count);
    return Read(out.data(), count);
  }
  // Each string: one byte of size, then its bytes.
  bool ReadStrings(std::vector<std::string>& out, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      uint8_t size = 0;
      if (!Read(&size, 1)) return false;
      std::string text(size, '\0');
      if (!Read(text.data(), size)) return false;
      out.push_back(std::move(text));
    }
    return true;
  }
  // Each target: a byte of size (bit 7: either), then for each code its country and whether it is
  // optional.
  bool ReadTargets(std::vector<NameTarget>& out, size_t count, size_t countries) {
    for (size_t i = 0; i < count; ++i) {
      uint8_t size = 0;
      if (!Read(&size, 1)) return false;
      NameTarget target;
      target.either = (size & 0x80) != 0;
      for (int n = 0; n < (size & 0x7F); ++n) {
        uint8_t code[2];
        if (!Read(code, 2) || code[0] >= countries) return false;
        target.codes.push_back({code[0], code[1] != 0});
      }
      out.push_back(std::move(target));
    }
    return true;
  }
  bool AtEnd() const { return position_ == bytes_.size(); }
  size_t position() const { return position_; }

 private:
  std::string_view bytes_;
  size_t position_ = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_GAZETTEER_FORMAT_H_
