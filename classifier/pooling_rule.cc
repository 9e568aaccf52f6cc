#include "classifier/pooling_rule.h"

#include <charconv>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

struct Name {
  std::string_view text;
  PoolingStatistic statistic;
  bool has_windows;
};

constexpr Name kNames[] = {
    {"whole", PoolingStatistic::kWhole, false},
    {"mean", PoolingStatistic::kMean, true},
    {"max", PoolingStatistic::kMax, true},
    {"top2", PoolingStatistic::kTop2, true},
    {"top3", PoolingStatistic::kTop3, true},
    {"first", PoolingStatistic::kFirst, true},
    {"log_windows", PoolingStatistic::kLogWindows, true},
    {"log_rows", PoolingStatistic::kLogRows, false},
};

constexpr size_t kMinWindowWords = 8;
constexpr size_t kMaxWindowWords = 10000;

}  // namespace

absl::StatusOr<PoolingFeature> PoolingFeature::Parse(std::string_view text) {
  const size_t colon = text.find(':');
  for (const Name& name : kNames) {
    if (text.substr(0, colon) != name.text) continue;
    PoolingFeature feature{name.statistic, 0};
    if (!name.has_windows && colon == std::string_view::npos) return feature;
    if (!name.has_windows || colon == std::string_view::npos) break;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, feature.window_words);
    const bool is_in_range =
        feature.window_words >= kMinWindowWords && feature.window_words <= kMaxWindowWords;
    if (error == std::errc() && rest == end && is_in_range) return feature;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", AsAbsl(text), "' is no pooling feature; write 'whole', 'log_rows', ",
      "or 'max:64' with a statistic and ", kMinWindowWords, "..", kMaxWindowWords, " words"));
}

std::string PoolingFeature::ToString() const {
  for (const Name& name : kNames) {
    if (name.statistic != statistic) continue;
    return name.has_windows ? absl::StrCat(AsAbsl(name.text), ":", window_words)
                            : std::string(name.text);
  }
  return "";
}

}  // namespace rubricator
