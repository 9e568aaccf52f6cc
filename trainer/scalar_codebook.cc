#include "trainer/scalar_codebook.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace rubricator {
namespace {

constexpr int kMaxRounds = 100;
constexpr size_t kCells = 1024;  // of equal mass, by which the density is known

// Levels as dense as the cube root of the numbers' density: near the least squared error for many
// levels (Panter and Dite, 1951). A cell of width w then gets its share of Σ w^(2/3).
std::vector<float> FirstLevels(const std::vector<float>& sorted) {
  std::vector<float> borders;
  std::vector<double> share_before = {0.0};
  for (size_t i = 0; i <= kCells; ++i) borders.push_back(sorted[i * (sorted.size() - 1) / kCells]);
  for (size_t i = 0; i < kCells; ++i) {
    share_before.push_back(share_before.back() +
                           std::cbrt(std::pow(borders[i + 1] - borders[i], 2)));
  }
  std::vector<float> levels;
  size_t cell = 0;
  for (size_t i = 0; i < kCodebookLevels; ++i) {
    const double share = share_before.back() * (static_cast<double>(i) + 0.5) / kCodebookLevels;
    while (cell + 1 < kCells && share_before[cell + 1] <= share) ++cell;
    const double inside =
        (share - share_before[cell]) / (share_before[cell + 1] - share_before[cell]);
    levels.push_back(borders[cell] +
                     static_cast<float>(inside) * (borders[cell + 1] - borders[cell]));
  }
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

// Moves each level to the mean of the numbers nearest to it, dropping those without any.
std::vector<float> MoveToMeans(const std::vector<float>& levels, const std::vector<float>& sorted,
                               std::span<const double> sum_before) {
  std::vector<float> moved;
  size_t begin = 0;
  for (size_t i = 0; i < levels.size(); ++i) {
    size_t end = sorted.size();
    if (i + 1 < levels.size()) {
      const float border = levels[i] + (levels[i + 1] - levels[i]) / 2;
      end = static_cast<size_t>(std::upper_bound(sorted.begin(), sorted.end(), border) -
                                sorted.begin());
    }
    if (end > begin) {
      const double mean = (sum_before[end] - sum_before[begin]) / static_cast<double>(end - begin);
      moved.push_back(static_cast<float>(mean));
    }
    begin = std::max(begin, end);
  }
  return moved;
}

}  // namespace

ScalarCodebook::ScalarCodebook(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  std::vector<float> kinds = values;
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  if (kinds.size() <= kCodebookLevels) {
    levels_ = kinds.empty() ? std::vector<float>{0.0f} : std::move(kinds);
    return;
  }
  std::vector<double> sum_before = {0.0};
  for (const float value : values) sum_before.push_back(sum_before.back() + value);
  levels_ = FirstLevels(values);
  for (int round = 0; round < kMaxRounds; ++round) {
    std::vector<float> moved = MoveToMeans(levels_, values, sum_before);
    if (moved == levels_) return;
    levels_ = std::move(moved);
  }
}

uint8_t ScalarCodebook::CodeOf(float value) const {
  const auto above = std::lower_bound(levels_.begin(), levels_.end(), value);
  if (above == levels_.begin()) return 0;
  const auto place = static_cast<size_t>(above - levels_.begin());
  if (above == levels_.end()) return static_cast<uint8_t>(place - 1);
  return static_cast<uint8_t>(value - levels_[place - 1] <= *above - value ? place - 1 : place);
}

}  // namespace rubricator
