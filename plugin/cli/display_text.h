// Text as a terminal shows it: columns, not bytes.
#ifndef RUBRICATOR_PLUGIN_CLI_DISPLAY_TEXT_H_
#define RUBRICATOR_PLUGIN_CLI_DISPLAY_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rubricator::cli {

// Columns that well-formed UTF-8 takes: 2 for East Asian wide and emoji, 0 for combining marks.
size_t DisplayWidth(std::string_view text);

// One line that is safe to print: each run of white space and control characters is one space, none
// at either end; format characters (bidi controls, zero width) are dropped; bytes that are not
// UTF-8 become U+FFFD. An article cannot move the cursor or colour the screen.
std::string OneLine(std::string_view text);

// `text` cut to at most `columns` (>= 1), "…" at its end if anything was cut. `text` is one line.
std::string CutTo(std::string_view text, size_t columns);

// The last `columns` of `text`, "…" at its beginning if anything was cut.
std::string CutFromLeft(std::string_view text, size_t columns);

// `text` over at most `max_lines` lines (>= 1) of `columns`, broken at spaces where there are some;
// the last line is cut. Empty text is one empty line.
std::vector<std::string> Wrap(std::string_view text, size_t columns, size_t max_lines);

// `text` and spaces up to `columns`; on the left side of the text if `to_right`.
std::string PadTo(std::string_view text, size_t columns, bool to_right = false);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_DISPLAY_TEXT_H_
