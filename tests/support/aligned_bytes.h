// Bytes at the place in memory that a mapped file's would have.
#ifndef RUBRICATOR_TESTS_SUPPORT_ALIGNED_BYTES_H_
#define RUBRICATOR_TESTS_SUPPORT_ALIGNED_BYTES_H_

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

namespace rubricator::testing {

// A copy that begins at a multiple of 64 and has not one byte to spare, so that AddressSanitizer
// sees what reads on.
class AlignedBytes {
 public:
  explicit AlignedBytes(std::string_view bytes)
      : data_(static_cast<char*>(::operator new(bytes.size(), kAlignment))), size_(bytes.size()) {
    std::memcpy(data_.get(), bytes.data(), size_);
  }
  std::string_view view() const { return {data_.get(), size_}; }
  char* data() { return data_.get(); }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(char* data) const { ::operator delete(data, kAlignment); }
  };
  std::unique_ptr<char, Free> data_;
  size_t size_;
};

}  // namespace rubricator::testing

#endif  // RUBRICATOR_TESTS_SUPPORT_ALIGNED_BYTES_H_
