#include "trainer/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace rubricator {
namespace {

constexpr int kBarCells = 24;

std::string Clock(double seconds) {
  char text[16];
  const int whole = static_cast<int>(seconds + 0.5);
  std::snprintf(text, sizeof text, "%d:%02d", whole / 60, whole % 60);
  return text;
}

}  // namespace

ProgressBar::ProgressBar(std::string step)
    : step_(std::move(step)),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      begin_(std::chrono::steady_clock::now()) {
  if (!is_terminal_) std::fprintf(stderr, "%s …\n", step_.c_str());
}

ProgressBar::~ProgressBar() {
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  std::fprintf(stderr, "%s%s: %s%s\n", is_terminal_ ? "\r" : "", step_.c_str(),
               Clock(seconds).c_str(), is_terminal_ ? "\033[K" : "");
}

void ProgressBar::Update(double done) {
  const int percent = static_cast<int>(100.0 * std::clamp(done, 0.0, 1.0));
  if (!is_terminal_ || percent == last_drawn_) return;
  last_drawn_ = percent;
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  std::string bar;
  for (int i = 0; i < kBarCells; ++i) bar += i * 100 < percent * kBarCells ? "━" : "·";
  const std::string left = percent == 0 ? "" : Clock(seconds * (100 - percent) / percent) + " left";
  std::fprintf(stderr, "\r%-24s %s %3d%%  %s\033[K", step_.c_str(), bar.c_str(), percent,
               left.c_str());
}

}  // namespace rubricator
