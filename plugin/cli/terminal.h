// Where output goes, and what may be done to it there.
#ifndef RUBRICATOR_PLUGIN_CLI_TERMINAL_H_
#define RUBRICATOR_PLUGIN_CLI_TERMINAL_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace rubricator::cli {

enum class Style { kPlain, kBold, kDim, kGood, kFair, kBad, kPlace, kMark };

// A stream's screen, as it was when this was made.
class Terminal {
 public:
  // Of a file descriptor: a terminal's own width, else `kDefaultColumns`. Colours only on a
  // terminal that has them, and never when the environment sets NO_COLOR (https://no-color.org) to
  // anything.
  static Terminal Of(int file_descriptor);
  // Of tests.
  Terminal(bool is_terminal, bool has_colours, size_t columns)
      : is_terminal_(is_terminal), has_colours_(has_colours), columns_(columns) {}

  static constexpr size_t kDefaultColumns = 100;

  bool is_terminal() const { return is_terminal_; }
  size_t columns() const { return columns_; }

  // `text` in the style's colour; unchanged without colours, but kMark, which becomes [text].
  std::string Styled(std::string_view text, Style style) const;

 private:
  bool is_terminal_;
  bool has_colours_;
  size_t columns_;
};

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_TERMINAL_H_
