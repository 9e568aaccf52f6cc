// The text that readers of HTML put together, and where each part of it came from.
#ifndef RUBRICATOR_CLASSIFIER_HTML_TEXT_WRITER_H_
#define RUBRICATOR_CLASSIFIER_HTML_TEXT_WRITER_H_

#include <cstddef>
#include <string_view>
#include <utility>

#include "classifier/plain_text.h"

namespace rubricator {

// One text after the other; Take() ends it.
class HtmlTextWriter {
 public:
  // Character data, from source [source_begin, source_end): byte for byte if `exact`.
  void Append(std::string_view text, size_t source_begin, size_t source_end, bool exact);
  // A line end, unless the text is at the beginning of a line.
  void EndParagraph(size_t source_offset);
  PlainText Take() { return std::exchange(plain_, PlainText()); }

 private:
  void JoinLines(size_t begin);

  PlainText plain_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_HTML_TEXT_WRITER_H_
