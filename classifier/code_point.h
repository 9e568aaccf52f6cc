// What the tokeniser needs to know of one Unicode code point.
#ifndef RUBRICATOR_CLASSIFIER_CODE_POINT_H_
#define RUBRICATOR_CLASSIFIER_CODE_POINT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rubricator {

enum class CharClass : uint8_t {
  kWord,         // letter, mark or digit
  kIgnored,      // format character: zero width, bidi control, soft hyphen, BOM
  kSpace,        // white space that ends no line
  kLineEnd,      // LF, CR, VT, FF, NEL, U+2028, U+2029
  kHyphen,       // - and its typographic kin
  kApostrophe,   // ' and U+2019
  kDot,          // .
  kSentenceEnd,  // ! ? …
  kOther,
};

struct CharTraits {
  CharClass char_class = CharClass::kOther;
  bool is_upper = false;
  bool is_cased = false;
  // A word character whose normalised form is `lower`, whatever stands beside it.
  bool is_simple = false;
  char32_t lower = 0;
};

// The code points below U+0600 (Latin, Greek, Cyrillic, Hebrew), in order.
inline constexpr char32_t kTabledCodePoints = 0x600;
std::span<const CharTraits, kTabledCodePoints> TraitsTable();

// Of any code point up to U+10FFFF. A table lookup for the ones above and for U+2000 to U+206F
// (dashes, quotes), else ICU.
const CharTraits& TraitsOf(char32_t code_point, CharTraits& scratch);

// U+FFFF: never a word character; stands for a byte that is not valid UTF-8.
inline constexpr char32_t kInvalidCodePoint = 0xFFFF;

// Decodes the code point at `offset` (< text.size()) and moves `offset` past it; past one byte and
// kInvalidCodePoint where the bytes are not well-formed UTF-8 (overlong, surrogate, truncated).
char32_t NextCodePoint(std::string_view text, size_t& offset);

// Appends `code_point` (a valid scalar value) to `out` as UTF-8.
void AppendUtf8(char32_t code_point, std::string& out);

// Whether all of `text` is well-formed; `error_offset` (optional) gets the first offending byte.
bool IsValidUtf8(std::string_view text, size_t* error_offset = nullptr);

// `text` with one space in place of each byte that is not UTF-8; offsets stay.
std::string ReplaceInvalidUtf8(std::string_view text);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_CODE_POINT_H_
