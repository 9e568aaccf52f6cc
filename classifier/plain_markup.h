// Reads the HTML that editors write, without a parser.
#ifndef RUBRICATOR_CLASSIFIER_PLAIN_MARKUP_H_
#define RUBRICATOR_CLASSIFIER_PLAIN_MARKUP_H_

#include <optional>
#include <string_view>

#include "classifier/plain_text.h"

namespace rubricator {

// The text of a fragment of paragraphs, headings, lists, quotes, figures and inline elements, each
// closed where it should be, with comments, quoted attributes and character references. None for
// anything else, of which libxml2 knows what browsers would make: scripts, tables, whole documents,
// tags left open, stray '<' and '&'. Where it answers, libxml2 gives the same text, byte for byte;
// tests and a fuzz target hold that.
std::optional<PlainText> ReadPlainMarkup(std::string_view source);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_PLAIN_MARKUP_H_
