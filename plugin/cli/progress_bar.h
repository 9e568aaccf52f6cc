// How far a long input has been worked through, and how long the rest will take.
#ifndef RUBRICATOR_PLUGIN_CLI_PROGRESS_BAR_H_
#define RUBRICATOR_PLUGIN_CLI_PROGRESS_BAR_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "plugin/cli/terminal.h"

namespace rubricator::cli {

// One line that is drawn over and over on stderr; draws nothing unless that is a terminal, and
// nothing in the first second. Not thread-safe.
class ProgressBar {
 public:
  using Clock = std::chrono::steady_clock;

  explicit ProgressBar(Terminal terminal) : terminal_(terminal), start_(Clock::now()) {}
  ~ProgressBar() { Clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `total` 0: not known, then there is no bar and no time left.
  void Show(uint64_t bytes, uint64_t total, uint64_t articles);
  // Takes the line away, so that something else may be printed.
  void Clear();

 private:
  const Terminal terminal_;
  const Clock::time_point start_;
  Clock::time_point drawn_;
  bool is_drawn_ = false;
};

// "[█████░░░░░]  48%  31204 articles  5120/s  0:07 left", at most `columns` wide.
std::string ProgressLine(uint64_t bytes, uint64_t total, uint64_t articles,
                         std::chrono::milliseconds elapsed, size_t columns);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_PROGRESS_BAR_H_
