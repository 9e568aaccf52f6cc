#include "plugin/cli/progress_bar.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "plugin/cli/display_text.h"

namespace rubricator::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuietStart{1000};
constexpr milliseconds kRedraw{100};
constexpr size_t kBarWidth = 30;
constexpr char kEraseLine[] = "\r\033[K";

std::string Bar(double share) {
  const auto full = static_cast<size_t>(share * kBarWidth);
  std::string bar = "[";
  for (size_t i = 0; i < kBarWidth; ++i) bar += i < full ? "█" : "░";
  return bar + "]";
}

}  // namespace

std::string ProgressLine(uint64_t bytes, uint64_t total, uint64_t articles, milliseconds elapsed,
                         size_t columns) {
  const double seconds = std::max(0.001, static_cast<double>(elapsed.count()) / 1000);
  const std::string count =
      absl::StrFormat("%d articles  %.0f/s", articles, static_cast<double>(articles) / seconds);
  if (total == 0 || bytes == 0) return CutTo(count, columns);
  const double share = std::min(1.0, static_cast<double>(bytes) / static_cast<double>(total));
  const auto left = static_cast<int64_t>(seconds * (1 - share) / share + 0.5);
  return CutTo(absl::StrFormat("%s %3.0f%%  %s  %d:%02d left", Bar(share), share * 100, count,
                               left / 60, left % 60),
               columns);
}

void ProgressBar::Show(uint64_t bytes, uint64_t total, uint64_t articles) {
  const Clock::time_point now = Clock::now();
  if (!terminal_.is_terminal() || now - start_ < kQuietStart || now - drawn_ < kRedraw) return;
  const auto elapsed = std::chrono::duration_cast<milliseconds>(now - start_);
  const std::string line = ProgressLine(bytes, total, articles, elapsed, terminal_.columns() - 1);
  std::fputs(absl::StrCat(kEraseLine, line).c_str(), stderr);
  drawn_ = now;
  is_drawn_ = true;
}

void ProgressBar::Clear() {
  if (is_drawn_) std::fputs(kEraseLine, stderr);
  is_drawn_ = false;
}

}  // namespace rubricator::cli
