#include "classifier/plain_markup.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "classifier/code_point.h"
#include "classifier/html_text_writer.h"

namespace rubricator {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxAttributes = 64;  // of a tag
constexpr size_t kMaxNameBytes = 64;   // libxml2 cuts names at 100
constexpr size_t kChunkBytes = 1000;   // libxml2 reports longer character data in parts
constexpr size_t kMaxReferenceDigits = 5;

enum class Kind : uint8_t {
  kInline,     // holds text and inline elements
  kLink,       // the same, not inside itself
  kParagraph,  // the same, and is a block
  kSection,    // holds anything
  kList,       // holds items
  kItem,       // holds anything, stands in a list
  kBreak,      // empty, ends a line
  kRule,       // empty, a block
  kImage,      // empty
};

struct Element {
  std::string_view name;
  Kind kind;
};

constexpr std::array<Element, 45> kElements = {{
    {"a", Kind::kLink},
    {"abbr", Kind::kInline},
    {"article", Kind::kSection},
    {"aside", Kind::kSection},
    {"b", Kind::kInline},
    {"blockquote", Kind::kSection},
    {"br", Kind::kBreak},
    {"cite", Kind::kInline},
    {"code", Kind::kInline},
    {"del", Kind::kInline},
    {"div", Kind::kSection},
    {"em", Kind::kInline},
    {"figcaption", Kind::kParagraph},
    {"figure", Kind::kSection},
    {"footer", Kind::kSection},
    {"h1", Kind::kParagraph},
    {"h2", Kind::kParagraph},
    {"h3", Kind::kParagraph},
    {"h4", Kind::kParagraph},
    {"h5", Kind::kParagraph},
    {"h6", Kind::kParagraph},
    {"header", Kind::kSection},
    {"hr", Kind::kRule},
    {"i", Kind::kInline},
    {"img", Kind::kImage},
    {"ins", Kind::kInline},
    {"li", Kind::kItem},
    {"main", Kind::kSection},
    {"mark", Kind::kInline},
    {"ol", Kind::kList},
    {"p", Kind::kParagraph},
    {"q", Kind::kInline},
    {"s", Kind::kInline},
    {"section", Kind::kSection},
    {"small", Kind::kInline},
    {"span", Kind::kInline},
    {"strike", Kind::kInline},
    {"strong", Kind::kInline},
    {"sub", Kind::kInline},
    {"sup", Kind::kInline},
    {"time", Kind::kInline},
    {"u", Kind::kInline},
    {"ul", Kind::kList},
    {"kbd", Kind::kInline},
    {"samp", Kind::kInline},
}};

const Element* FindElement(std::string_view name) {
  if (name.empty()) return nullptr;
  for (const Element& element : kElements) {
    if (element.name[0] == name[0] && element.name == name) return &element;
  }
  return nullptr;
}

bool IsEmptyElement(Kind kind) {
  return kind == Kind::kBreak || kind == Kind::kRule || kind == Kind::kImage;
}
bool IsInline(Kind kind) { return kind == Kind::kInline || kind == Kind::kLink; }

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Valid UTF-8 of characters that XML knows, no carriage return, no byte order mark in front.
bool IsPlainText(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) return false;
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<uint8_t>(text[at]);
    if (byte < 0x80) {
      if (byte < ' ' && !IsBlank(text[at])) return false;
      ++at;
    } else if (byte >= 0xC2 && byte <= 0xDF && at + 1 < text.size() &&
               (static_cast<uint8_t>(text[at + 1]) & 0xC0) == 0x80) {
      at += 2;
    } else {
      const char32_t c = NextCodePoint(text, at);
      if (c == kInvalidCodePoint || c == 0xFFFE) return false;
    }
  }
  return true;
}

class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source) {}

  std::optional<PlainText> Read() {
    if (!IsPlainText(source_) || !SkipLeading()) return std::nullopt;
    while (at_ < source_.size()) {
      const char c = source_[at_];
      const bool is_read = c == '<' ? ReadMarkup() : c == '&' ? ReadReference() : ReadText();
      if (!is_read) return std::nullopt;
    }
    if (!open_.empty()) return std::nullopt;
    writer_.EndParagraph(at_);
    return writer_.Take();
  }

 private:
  bool StartsWith(std::string_view text) const { return source_.substr(at_).starts_with(text); }
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  // What stands before the first element or word is not text.
  bool SkipLeading() {
    while (at_ < source_.size()) {
      if (IsBlank(source_[at_])) {
        ++at_;
      } else if (StartsWith("<!--")) {
        if (!ReadComment()) return false;
      } else {
        return true;
      }
    }
    return true;
  }

  bool ReadMarkup() {
    if (StartsWith("<!--")) return ReadComment();
    return Peek(1) == '/' ? ReadEndTag() : ReadStartTag();
  }

  bool ReadComment() {
    const size_t text = at_ + 4;
    const size_t end = source_.find("--", text);
    if (end == std::string_view::npos || end == text || source_[text] == '>' ||
        source_.substr(end, 3) != "-->") {
      return false;
    }
    if (source_[text] == '-' || source_[end - 1] == '-') return false;
    at_ = end + 3;
    return true;
  }

  std::string_view ReadName() {
    const size_t begin = at_;
    while (at_ < source_.size() && (IsLetter(source_[at_]) || IsDigit(source_[at_]))) ++at_;
    return source_.substr(begin, at_ - begin);
  }

  bool ReadStartTag() {
    ++at_;
    const Element* element = FindElement(ReadName());
    if (element == nullptr || !MayStand(element->kind) || !ReadAttributes()) return false;
    const bool is_empty = IsEmptyElement(element->kind);
    if (is_empty && Peek() == '/') ++at_;
    if (Peek() != '>') return false;
    ++at_;
    if (!IsInline(element->kind) && element->kind != Kind::kImage) writer_.EndParagraph(at_);
    if (!is_empty) open_.push_back(element);
    return open_.size() <= kMaxDepth;
  }

  bool MayStand(Kind kind) const {
    const auto is_open = [&](auto matches) {
      return std::any_of(open_.begin(), open_.end(),
                         [&](const Element* element) { return matches(element->kind); });
    };
    const bool in_list = !open_.empty() && open_.back()->kind == Kind::kList;
    if (in_list != (kind == Kind::kItem)) return false;
    if (kind == Kind::kLink) return !is_open([](Kind open) { return open == Kind::kLink; });
    if (IsInline(kind) || kind == Kind::kBreak || kind == Kind::kImage) return true;
    return !is_open([](Kind open) { return IsInline(open) || open == Kind::kParagraph; });
  }

  // Up to '>' or '/'.
  bool ReadAttributes() {
    for (size_t count = 0; count <= kMaxAttributes; ++count) {
      const size_t begin = at_;
      while (IsBlank(Peek())) ++at_;
      if (Peek() == '>' || Peek() == '/') return true;
      if (at_ == begin || !ReadAttribute()) return false;
    }
    return false;
  }

  bool ReadAttribute() {
    const size_t begin = at_;
    if (!IsLetter(Peek())) return false;
    while (IsLetter(Peek()) || IsDigit(Peek()) || Peek() == '-' || Peek() == '_') ++at_;
    if (at_ - begin > kMaxNameBytes) return false;
    if (Peek() != '=') return true;
    const char quote = Peek(1);
    if (quote != '"' && quote != '\'') return false;
    const size_t end = source_.find(quote, at_ + 2);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return true;
  }

  bool ReadEndTag() {
    at_ += 2;
    const std::string_view name = ReadName();
    if (Peek() != '>' || open_.empty() || open_.back()->name != name) return false;
    ++at_;
    if (!IsInline(open_.back()->kind)) writer_.EndParagraph(at_);
    open_.pop_back();
    return true;
  }

  bool ReadText() {
    size_t end = at_;
    while (end < source_.size() && source_[end] != '<' && source_[end] != '&') ++end;
    while (at_ < end) {
      size_t chunk_end = std::min(end, at_ + kChunkBytes);
      while (chunk_end < end && (static_cast<uint8_t>(source_[chunk_end]) & 0xC0) == 0x80)
        ++chunk_end;
      writer_.Append(source_.substr(at_, chunk_end - at_), at_, chunk_end, true);
      at_ = chunk_end;
    }
    return true;
  }

  bool ReadReference() {
    const size_t begin = at_++;
    const char32_t c = Peek() == '#' ? NumberedCharacter() : NamedCharacter();
    if (c == 0 || Peek() != ';') return false;
    ++at_;
    std::string text;
    AppendUtf8(c, text);
    writer_.Append(text, begin, at_, false);
    return true;
  }

  // 0 where a reader might know better.
  char32_t NumberedCharacter() {
    ++at_;
    const std::string_view digits = ReadName();
    if (digits.empty() || digits.size() > kMaxReferenceDigits) return 0;
    char32_t value = 0;
    for (const char digit : digits) {
      if (!IsDigit(digit)) return 0;
      value = value * 10 + static_cast<char32_t>(digit - '0');
    }
    return value >= 0xA0 && value < 0xD800 ? value : 0;
  }

  char32_t NamedCharacter() {
    const std::string_view name = ReadName();
    if (name == "nbsp") return 0xA0;  // half of all
    if (name.empty() || name.size() > kMaxNameBytes) return 0;
    const htmlEntityDesc* entity =
        htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
    return entity == nullptr ? 0 : entity->value;
  }

  std::string_view source_;
  size_t at_ = 0;
  std::vector<const Element*> open_;
  HtmlTextWriter writer_;
};

}  // namespace

std::optional<PlainText> ReadPlainMarkup(std::string_view source) { return Reader(source).Read(); }

}  // namespace rubricator
