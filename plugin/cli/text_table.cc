#include "plugin/cli/text_table.h"

#include <algorithm>

#include "plugin/cli/display_text.h"

namespace rubricator::cli {

std::string TextTable::Heading() const {
  std::vector<Cell> cells;
  for (const Column& column : columns_) cells.push_back({{{column.heading, Style::kBold}}});
  return Row(cells) + Rule();
}

std::string TextTable::Rule() const {
  size_t width = (columns_.size() - 1) * kGap;
  for (const Column& column : columns_) width += column.width;
  std::string rule;
  for (size_t i = 0; i < width; ++i) rule += "─";
  return terminal_.Styled(rule, Style::kDim) + "\n";
}

std::string TextTable::Row(const std::vector<Cell>& cells) const {
  size_t lines = 1;
  for (const Cell& cell : cells) lines = std::max(lines, cell.size());
  std::string row;
  for (size_t line = 0; line < lines; ++line) row += Line(cells, line);
  return row;
}

std::string TextTable::Line(const std::vector<Cell>& cells, size_t line) const {
  std::string text;
  size_t spaces = 0;  // held back, so that none ends the line
  for (size_t i = 0; i < columns_.size(); ++i) {
    std::string content;
    size_t width = 0;
    if (line < cells[i].size()) {
      for (const Span& span : cells[i][line]) {
        content += terminal_.Styled(span.text, span.style);
        width += DisplayWidth(span.text);
      }
    }
    const size_t padding = columns_[i].width - std::min(columns_[i].width, width);
    if (columns_[i].to_right) spaces += padding;
    if (!content.empty()) {
      text.append(spaces, ' ').append(content);
      spaces = 0;
    }
    spaces += (columns_[i].to_right ? 0 : padding) + kGap;
  }
  return text + "\n";
}

}  // namespace rubricator::cli
