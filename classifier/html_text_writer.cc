#include "classifier/html_text_writer.h"

#include <string>

namespace rubricator {

void HtmlTextWriter::Append(std::string_view text, size_t source_begin, size_t source_end,
                            bool exact) {
  const size_t text_begin = plain_.text_.size();
  plain_.runs_.push_back({text_begin, source_begin, source_end, exact});
  plain_.text_.append(text);
  if (text.size() > 1) JoinLines(text_begin);
}

void HtmlTextWriter::EndParagraph(size_t source_offset) {
  if (plain_.text_.empty() || plain_.text_.back() == '\n') return;
  Append("\n", source_offset, source_offset, false);
}

// A line end in HTML is white space; an empty line is a paragraph's end, as WordPress' classic
// editor stores it.
void HtmlTextWriter::JoinLines(size_t begin) {
  std::string& text = plain_.text_;
  for (size_t i = text.find('\n', begin); i != std::string::npos; i = text.find('\n', i + 1)) {
    const size_t next = text.find_first_not_of(" \t\r", i + 1);
    if (next != std::string::npos && text[next] == '\n') {
      i = next;
    } else {
      text[i] = ' ';
    }
  }
}

}  // namespace rubricator
