#include "plugin/cli/display_text.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "classifier/code_point.h"

namespace rubricator::cli {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr char32_t kReplacement = 0xFFFD;

size_t WidthOf(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Bytes at the beginning of `text` that fit into `columns`, combining marks included.
size_t PrefixThatFits(std::string_view text, size_t columns) {
  size_t used = 0;
  size_t offset = 0;
  while (offset < text.size()) {
    size_t next = offset;
    used += WidthOf(NextCodePoint(text, next));
    if (used > columns) break;
    offset = next;
  }
  return offset;
}

// Where the line that begins `text` ends: after the last word that fits, or inside a word wider
// than the line.
size_t LineEnd(std::string_view text, size_t columns) {
  const size_t fits = PrefixThatFits(text, columns);
  if (fits == text.size() || text[fits] == ' ') return fits;
  const size_t space = text.substr(0, fits).rfind(' ');
  if (space != std::string_view::npos && space > 0) return space;
  if (fits > 0) return fits;
  size_t first = 0;
  NextCodePoint(text, first);  // wider than the line, and yet not to be split
  return first;
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t offset = 0; offset < text.size();) width += WidthOf(NextCodePoint(text, offset));
  return width;
}

std::string OneLine(std::string_view text) {
  std::string line;
  bool space_waits = false;
  for (size_t offset = 0; offset < text.size();) {
    const char32_t code_point = NextCodePoint(text, offset);
    const auto c = static_cast<UChar32>(code_point);
    if (u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR) {
      space_waits = !line.empty();
      continue;
    }
    if (u_charType(c) == U_FORMAT_CHAR) continue;
    if (space_waits) line += ' ';
    space_waits = false;
    AppendUtf8(code_point == kInvalidCodePoint ? kReplacement : code_point, line);
  }
  return line;
}

std::string CutTo(std::string_view text, size_t columns) {
  const size_t fits = PrefixThatFits(text, columns);
  if (fits == text.size()) return std::string(text);
  std::string_view kept = text.substr(0, PrefixThatFits(text, columns - 1));
  while (kept.ends_with(' ')) kept.remove_suffix(1);
  return std::string(kept).append(kEllipsis);
}

std::string CutFromLeft(std::string_view text, size_t columns) {
  size_t width = DisplayWidth(text);
  if (width <= columns) return std::string(text);
  size_t offset = 0;
  while (offset < text.size() && width > columns - 1) {
    width -= WidthOf(NextCodePoint(text, offset));
  }
  while (offset < text.size() && text[offset] == ' ') ++offset;
  return std::string(kEllipsis).append(text.substr(offset));
}

std::vector<std::string> Wrap(std::string_view text, size_t columns, size_t max_lines) {
  std::vector<std::string> lines;
  do {
    if (lines.size() + 1 == max_lines) {
      lines.push_back(CutTo(text, columns));
      break;
    }
    const size_t end = LineEnd(text, columns);
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    while (text.starts_with(' ')) text.remove_prefix(1);
  } while (!text.empty());
  return lines;
}

std::string PadTo(std::string_view text, size_t columns, bool to_right) {
  const size_t width = DisplayWidth(text);
  const std::string spaces(columns > width ? columns - width : 0, ' ');
  return to_right ? spaces + std::string(text) : std::string(text) + spaces;
}

}  // namespace rubricator::cli
