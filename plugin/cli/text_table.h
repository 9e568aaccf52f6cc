// A table for a terminal: columns of fixed width, cells of several lines.
#ifndef RUBRICATOR_PLUGIN_CLI_TEXT_TABLE_H_
#define RUBRICATOR_PLUGIN_CLI_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "plugin/cli/terminal.h"

namespace rubricator::cli {

struct Span {
  std::string text;  // one line; cut to the column by whoever makes it
  Style style = Style::kPlain;
};

using CellLine = std::vector<Span>;  // spans follow one another without a gap
using Cell = std::vector<CellLine>;

struct Column {
  std::string heading;
  size_t width = 1;
  bool to_right = false;
};

// Immutable. Rows come out one at a time, so a long table needs no memory.
class TextTable {
 public:
  static constexpr size_t kGap = 2;  // columns between two cells

  TextTable(std::vector<Column> columns, Terminal terminal)
      : columns_(std::move(columns)), terminal_(terminal) {}

  // Each ends in a line end. No line has spaces at its end.
  std::string Heading() const;
  std::string Rule() const;
  // As many cells as there are columns.
  std::string Row(const std::vector<Cell>& cells) const;

 private:
  std::string Line(const std::vector<Cell>& cells, size_t line) const;

  const std::vector<Column> columns_;
  const Terminal terminal_;
};

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_TEXT_TABLE_H_
