#include "classifier/plain_text.h"

#include <algorithm>
#include <cctype>

namespace rubricator {
namespace {

bool IsAsciiLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// Whether a tag, comment or character reference begins at text[i].
bool MarkupBegins(std::string_view text, size_t i) {
  if (i + 1 >= text.size()) return false;
  const char next = text[i + 1];
  if (text[i] == '<') {
    const bool opens = IsAsciiLetter(next) || next == '!' ||
                       (next == '/' && i + 2 < text.size() && IsAsciiLetter(text[i + 2]));
    return opens && text.find('>', i) != std::string_view::npos;
  }
  if (text[i] != '&') return false;
  size_t end = i + 1;
  if (next == '#') ++end;
  const size_t name = end;
  while (end < text.size() && end - name < 32 &&
         std::isalnum(static_cast<unsigned char>(text[end])) != 0)
    ++end;
  return end > name && end < text.size() && text[end] == ';';
}

}  // namespace

PlainText PlainText::FromPlain(std::string_view source) {
  PlainText plain;
  plain.text_.assign(source);
  return plain;
}

const PlainText::Run& PlainText::RunAt(size_t text_offset) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), text_offset,
                       [](size_t offset, const Run& run) { return offset < run.text_begin; });
  return *(after - 1);
}

std::pair<size_t, size_t> PlainText::SourceSpan(size_t begin, size_t end) const {
  if (runs_.empty()) return {begin, end};
  const Run& first = RunAt(begin);
  const Run& last = RunAt(end - 1);
  const size_t source_begin =
      first.exact ? first.source_begin + (begin - first.text_begin) : first.source_begin;
  const size_t source_end =
      last.exact ? last.source_begin + (end - last.text_begin) : last.source_end;
  return {source_begin, source_end};
}

bool LooksLikeHtml(std::string_view body) {
  for (size_t i = body.find_first_of("<&"); i != std::string_view::npos;
       i = body.find_first_of("<&", i + 1)) {
    if (MarkupBegins(body, i)) return true;
  }
  return false;
}

}  // namespace rubricator
