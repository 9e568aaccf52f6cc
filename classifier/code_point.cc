#include "classifier/code_point.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <array>

namespace rubricator {
namespace {

constexpr char32_t kPunctuationBegin = 0x2000;
constexpr size_t kPunctuationCount = 0x70;

CharClass ClassOf(char32_t c) {
  switch (c) {
    case '\n':
    case '\r':
    case '\v':
    case '\f':
    case 0x85:
    case 0x2028:
    case 0x2029:
      return CharClass::kLineEnd;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return CharClass::kHyphen;
    case '\'':
    case 0x2019:
    case 0x02BC:
      return CharClass::kApostrophe;
    case '.':
      return CharClass::kDot;
    case '!':
    case '?':
    case 0x2026:
      return CharClass::kSentenceEnd;
    default:
      break;
  }
  const auto code = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
      u_charType(code) == U_FORMAT_CHAR) {
    return CharClass::kIgnored;
  }
  if (u_isUWhiteSpace(code)) return CharClass::kSpace;
  const uint32_t mask = U_GET_GC_MASK(code);
  return (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0 ? CharClass::kWord
                                                                 : CharClass::kOther;
}

bool IsSimple(char32_t c, char32_t lower) {
  if ((U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0) return false;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&error);
  if (U_FAILURE(error)) return false;
  for (const char32_t each : {c, lower}) {
    const UChar unit = static_cast<UChar>(each);  // the table is within the basic plane
    if (unorm2_quickCheck(nfkc, &unit, 1, &error) != UNORM_YES) return false;
  }
  return true;
}

CharTraits Compute(char32_t c) {
  CharTraits traits;
  traits.char_class = c == kInvalidCodePoint ? CharClass::kOther : ClassOf(c);
  if (traits.char_class != CharClass::kWord) return traits;
  const auto code = static_cast<UChar32>(c);
  traits.is_upper =
      u_charType(code) == U_UPPERCASE_LETTER || u_charType(code) == U_TITLECASE_LETTER;
  traits.is_cased = traits.is_upper || u_charType(code) == U_LOWERCASE_LETTER;
  traits.lower = static_cast<char32_t>(u_tolower(code));
  if (traits.lower == 0x451) traits.lower = 0x435;  // ё is written е as often as not
  // That a number stands here says something of the topic, and so does how long it is; which number
  // does not.
  if (u_charType(code) == U_DECIMAL_DIGIT_NUMBER) traits.lower = U'0';
  return traits;
}

std::array<CharTraits, kTabledCodePoints> MakeTable() {
  std::array<CharTraits, kTabledCodePoints> table;
  for (char32_t c = 0; c < table.size(); ++c) {
    table[c] = Compute(c);
    if (table[c].char_class == CharClass::kWord) table[c].is_simple = IsSimple(c, table[c].lower);
  }
  return table;
}

std::array<CharTraits, kPunctuationCount> MakePunctuation() {
  std::array<CharTraits, kPunctuationCount> table;
  for (char32_t i = 0; i < table.size(); ++i) table[i] = Compute(kPunctuationBegin + i);
  return table;
}

bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

}  // namespace

std::span<const CharTraits, kTabledCodePoints> TraitsTable() {
  static const std::array<CharTraits, kTabledCodePoints> kTable = MakeTable();
  return kTable;
}

const CharTraits& TraitsOf(char32_t code_point, CharTraits& scratch) {
  static const std::array<CharTraits, kPunctuationCount> kPunctuation = MakePunctuation();
  if (code_point < kTabledCodePoints) return TraitsTable()[code_point];
  if (code_point - kPunctuationBegin < kPunctuationCount)
    return kPunctuation[code_point - kPunctuationBegin];
  scratch = Compute(code_point);
  return scratch;
}

char32_t NextCodePoint(std::string_view text, size_t& offset) {
  const auto byte_at = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const size_t left = text.size() - offset;
  const unsigned char first = byte_at(offset);
  if (first < 0x80) {
    ++offset;
    return first;
  }
  if (first >= 0xC2 && first <= 0xDF && left >= 2 && IsContinuation(byte_at(offset + 1))) {
    const char32_t c = ((first & 0x1Fu) << 6) | (byte_at(offset + 1) & 0x3Fu);
    offset += 2;
    return c;
  }
  if (first >= 0xE0 && first <= 0xEF && left >= 3 && IsContinuation(byte_at(offset + 1)) &&
      IsContinuation(byte_at(offset + 2))) {
    const char32_t c = ((first & 0x0Fu) << 12) | ((byte_at(offset + 1) & 0x3Fu) << 6) |
                       (byte_at(offset + 2) & 0x3Fu);
    if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
      offset += 3;
      return c;
    }
  }
  if (first >= 0xF0 && first <= 0xF4 && left >= 4 && IsContinuation(byte_at(offset + 1)) &&
      IsContinuation(byte_at(offset + 2)) && IsContinuation(byte_at(offset + 3))) {
    const char32_t c = ((first & 0x07u) << 18) | ((byte_at(offset + 1) & 0x3Fu) << 12) |
                       ((byte_at(offset + 2) & 0x3Fu) << 6) | (byte_at(offset + 3) & 0x3Fu);
    if (c >= 0x10000 && c <= 0x10FFFF) {
      offset += 4;
      return c;
    }
  }
  ++offset;
  return kInvalidCodePoint;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (c >> 18)));
    out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

std::string ReplaceInvalidUtf8(std::string_view text) {
  std::string clean(text);
  size_t error = 0;
  for (size_t base = 0; !IsValidUtf8(std::string_view(clean).substr(base), &error);
       base += error + 1) {
    clean[base + error] = ' ';
  }
  return clean;
}

bool IsValidUtf8(std::string_view text, size_t* error_offset) {
  size_t offset = 0;
  while (offset < text.size()) {
    const size_t start = offset;
    // U+FFFF itself is well-formed (three bytes); only a one-byte step marks an invalid byte.
    if (NextCodePoint(text, offset) == kInvalidCodePoint && offset == start + 1) {
      if (error_offset != nullptr) *error_offset = start;
      return false;
    }
  }
  return true;
}

}  // namespace rubricator
