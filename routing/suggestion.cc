#include "routing/suggestion.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

constexpr size_t kMaxWordBytes = 64;

// Optimal string alignment: insert, delete, replace, swap two neighbours; each costs 1.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > kMaxWordBytes) return "";
  const std::string lower = absl::AsciiStrToLower(AsAbsl(word));
  size_t limit = word.size() / 3 + 1;  // one more than what is still near
  std::string_view nearest;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kMaxWordBytes) continue;
    const size_t distance = EditDistance(lower, absl::AsciiStrToLower(AsAbsl(candidate)));
    if (distance < limit) {
      limit = distance;
      nearest = candidate;
    }
  }
  if (nearest.empty()) return "";
  return absl::StrCat("; did you mean '", AsAbsl(nearest), "'?");
}

}  // namespace rubricator
