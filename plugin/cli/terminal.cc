#include "plugin/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator::cli {
namespace {

constexpr size_t kNarrowest = 80;  // narrower, lines wrap
constexpr size_t kWidest = 160;

bool WantsColours() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && term != nullptr && std::string_view(term) != "dumb";
}

// ECMA-48 "select graphic rendition"; the eight base colours follow the user's own palette.
std::string_view CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "1";
    case Style::kDim:
      return "2";
    case Style::kGood:
      return "32";
    case Style::kFair:
      return "33";
    case Style::kBad:
      return "31";
    case Style::kPlace:
      return "36";
    case Style::kMark:
      return "1;33";
  }
  return "";
}

}  // namespace

Terminal Terminal::Of(int file_descriptor) {
  if (isatty(file_descriptor) == 0) return Terminal(false, false, kDefaultColumns);
  winsize size{};
  const bool known = ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  const size_t columns =
      known ? std::clamp<size_t>(size.ws_col, kNarrowest, kWidest) : kDefaultColumns;
  return Terminal(true, WantsColours(), columns);
}

std::string Terminal::Styled(std::string_view text, Style style) const {
  if (!has_colours_ && style == Style::kMark) return absl::StrCat("[", AsAbsl(text), "]");
  if (!has_colours_ || style == Style::kPlain || text.empty()) return std::string(text);
  return absl::StrCat("\033[", AsAbsl(CodeOf(style)), "m", AsAbsl(text), "\033[0m");
}

}  // namespace rubricator::cli
