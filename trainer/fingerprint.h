// A running checksum (FNV-1a, 64 bits) of what a training run was given.
#ifndef RUBRICATOR_TRAINER_FINGERPRINT_H_
#define RUBRICATOR_TRAINER_FINGERPRINT_H_

#include <cstdint>
#include <string_view>

namespace rubricator {

class Fingerprint {
 public:
  // The text, and where it ends.
  void Add(std::string_view text) {
    for (const char c : text) AddByte(static_cast<unsigned char>(c));
    AddByte(0xFF);  // never in UTF-8
  }
  void Add(uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8)
      AddByte(static_cast<unsigned char>(number >> shift));
  }
  uint64_t value() const { return value_; }

 private:
  void AddByte(unsigned char byte) { value_ = (value_ ^ byte) * 1099511628211u; }
  uint64_t value_ = 14695981039346656037u;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_FINGERPRINT_H_
