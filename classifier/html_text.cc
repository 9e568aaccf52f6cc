#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "classifier/code_point.h"
#include "classifier/html_text_writer.h"
#include "classifier/plain_markup.h"
#include "classifier/plain_text.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

// Elements that stand inside a line. Any other begins and ends a paragraph.
constexpr std::array<std::string_view, 33> kInlineElements = {
    "a",    "abbr", "acronym", "b",     "bdi",  "bdo",    "big",    "cite", "code", "data", "del",
    "dfn",  "em",   "font",    "i",     "img",  "ins",    "kbd",    "mark", "q",    "rp",   "rt",
    "ruby", "s",    "samp",    "small", "span", "strike", "strong", "sub",  "sup",  "time", "u"};
constexpr size_t kLongText = 1000;  // libxml2's HTML_PARSER_BIG_BUFFER_SIZE
// Elements whose text no reader sees.
constexpr std::array<std::string_view, 7> kHiddenElements = {
    "script", "style", "head", "template", "textarea", "select", "object"};

template <size_t N>
bool Contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// libxml2 stops at NUL and, at the first invalid byte, reads all that follows as Latin-1. Each such
// byte becomes one space, so that offsets stay.
std::string WithoutUnreadableBytes(std::string_view source) {
  std::string clean = ReplaceInvalidUtf8(source);
  std::replace(clean.begin(), clean.end(), '\0', ' ');
  return clean;
}

// libxml2 compares each attribute of a tag with all before it.
absl::Status CheckAttributeCounts(std::string_view source) {
  bool in_tag = false;
  char quote = 0;
  int words = 0;
  size_t tag_begin = 0;
  for (size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (!in_tag) {
      in_tag = c == '<';
      quote = 0;
      words = 0;
      tag_begin = i;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      in_tag = false;
    } else if ((c == '"' || c == '\'') && source[i - 1] == '=') {
      quote = c;
    } else if ((std::strchr(" \t\r\n\f/\"'", c) != nullptr) && ++words > 4 * kMaxTagAttributes) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the tag at byte ", tag_begin, " has more than ", kMaxTagAttributes, " attributes"));
    }
  }
  return absl::OkStatus();
}

struct ParserDeleter {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};

// Receives libxml2's SAX events.
class HtmlTextBuilder {
 public:
  explicit HtmlTextBuilder(std::string_view source) : source_(source) {}

  absl::StatusOr<PlainText> Build() {
    htmlSAXHandler handler = {};
    handler.startElement = [](void* self, const xmlChar* name, const xmlChar**) {
      static_cast<HtmlTextBuilder*>(self)->Open(AsView(name));
    };
    handler.endElement = [](void* self, const xmlChar* name) {
      static_cast<HtmlTextBuilder*>(self)->Close(AsView(name));
    };
    handler.characters = [](void* self, const xmlChar* text, int size) {
      static_cast<HtmlTextBuilder*>(self)->AddText(
          {reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
    };
    handler.ignorableWhitespace = handler.characters;
    std::unique_ptr<htmlParserCtxt, ParserDeleter> context(
        htmlCreateMemoryParserCtxt(source_.data(), static_cast<int>(source_.size())));
    if (context == nullptr) return absl::ResourceExhaustedError("no memory for an HTML parser");
    context_ = context.get();
    htmlCtxtUseOptions(context_, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                     HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    htmlSAXHandler* own_handler = context_->sax;
    void* own_data = context_->userData;
    context_->sax = &handler;
    context_->userData = this;
    context_->charset = XML_CHAR_ENCODING_UTF8;
    htmlParseDocument(context_);
    context_->sax = own_handler;
    context_->userData = own_data;
    if (too_deep_at_ != std::string_view::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("tags nest deeper than ", kMaxHtmlDepth, " at byte ", too_deep_at_));
    }
    return writer_.Take();
  }

 private:
  static std::string_view AsView(const xmlChar* text) {
    return reinterpret_cast<const char*>(text);
  }

  size_t Offset() const {
    const xmlParserInput* input = context_->input;
    return std::min(source_.size(),
                    input->consumed + static_cast<size_t>(input->cur - input->base));
  }

  void Open(std::string_view name) {
    if (++depth_ > kMaxHtmlDepth) {
      too_deep_at_ = Offset();
      xmlStopParser(context_);
      return;
    }
    if (Contains(kHiddenElements, name)) ++hidden_;
    EndParagraphAt(name);
  }

  void Close(std::string_view name) {
    --depth_;
    if (Contains(kHiddenElements, name)) --hidden_;
    EndParagraphAt(name);
  }

  void EndParagraphAt(std::string_view name) {
    if (hidden_ > 0 || Contains(kInlineElements, name)) return;
    writer_.EndParagraph(Offset());
  }

  void AddText(std::string_view text) {
    if (hidden_ == 0 && !text.empty()) Locate(text, Offset());
  }

  // Character data is reported once it was read, so it ends at `end`; of longer data, libxml2
  // reports each part before it moves past the part's last character. A decoded reference began at
  // the last '&'.
  void Locate(std::string_view text, size_t end) {
    if (text.size() >= kLongText && end < source_.size()) NextCodePoint(source_, end);
    const size_t begin = end - std::min(end, text.size());
    if (source_.substr(begin, end - begin) == text) {
      writer_.Append(text, begin, end, true);
      return;
    }
    const size_t reference = end == 0 ? std::string_view::npos : source_.rfind('&', end - 1);
    writer_.Append(text, reference == std::string_view::npos ? begin : reference, end, false);
  }

  std::string_view source_;
  htmlParserCtxt* context_ = nullptr;
  HtmlTextWriter writer_;
  int depth_ = 0;
  int hidden_ = 0;
  size_t too_deep_at_ = std::string_view::npos;
};

}  // namespace

absl::StatusOr<PlainText> PlainText::FromHtml(std::string_view source) {
  if (std::optional<PlainText> plain = ReadPlainMarkup(source)) return *std::move(plain);
  return FromHtmlThoroughly(source);
}

absl::StatusOr<PlainText> PlainText::FromHtmlThoroughly(std::string_view source) {
  if (source.empty()) return PlainText();
  RETURN_IF_ERROR(CheckAttributeCounts(source));
  const std::string clean = WithoutUnreadableBytes(source);
  return HtmlTextBuilder(clean).Build();
}

}  // namespace rubricator
