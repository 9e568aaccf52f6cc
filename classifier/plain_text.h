// Plain text that remembers where each byte stood in the text as it was sent.
#ifndef RUBRICATOR_CLASSIFIER_PLAIN_TEXT_H_
#define RUBRICATOR_CLASSIFIER_PLAIN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

// HTML is refused past these; deeper or fatter markup makes the parser's work quadratic.
inline constexpr int kMaxHtmlDepth = 512;
inline constexpr int kMaxTagAttributes = 1000;

class PlainText {
 public:
  // Text without markup: the same bytes, each at its own offset. Bytes that are not UTF-8 stay; the
  // tokeniser takes them as separators.
  static PlainText FromPlain(std::string_view source);

  // Text of an HTML document or fragment: entities decoded, script, style and comments dropped, a
  // line end between blocks. Errors: INVALID_ARGUMENT for tags nested deeper than kMaxHtmlDepth or
  // a tag with more than kMaxTagAttributes attributes; the message holds the byte offset.
  static absl::StatusOr<PlainText> FromHtml(std::string_view source);

  // The same, always by libxml2: what tests hold the short way of plain markup to.
  static absl::StatusOr<PlainText> FromHtmlThoroughly(std::string_view source);

  const std::string& text() const { return text_; }

  // The span of the source that became [begin, end) of text(); begin < end <= text().size(). A span
  // that cuts an entity takes all of it.
  std::pair<size_t, size_t> SourceSpan(size_t begin, size_t end) const;

 private:
  friend class HtmlTextWriter;

  // text_[text_begin, next run's text_begin) came from source [source_begin, source_end): byte for
  // byte if `exact`.
  struct Run {
    size_t text_begin;
    size_t source_begin;
    size_t source_end;
    bool exact;
  };
  const Run& RunAt(size_t text_offset) const;

  std::string text_;
  std::vector<Run> runs_;  // empty: text_ is the source
};

// Whether a body of undeclared format is HTML: it has a tag or a character reference.
bool LooksLikeHtml(std::string_view body);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_PLAIN_TEXT_H_
