// Cuts text to a size without cutting a character.
#ifndef RUBRICATOR_SERVICE_UTF8_PREFIX_H_
#define RUBRICATOR_SERVICE_UTF8_PREFIX_H_

#include <cstddef>
#include <string_view>

namespace rubricator {

// The longest beginning of `text` (UTF-8) of at most `max_bytes` that ends between two code points.
inline std::string_view Utf8Prefix(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_UTF8_PREFIX_H_
