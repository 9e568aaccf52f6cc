#include "routing/confidence_phrase.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace rubricator {
namespace {

constexpr int kMinDecimals = 2;
constexpr int kMaxDecimals = 6;

std::string WithDecimals(double value, int decimals) {
  return absl::StrFormat("%.*f", decimals, value);
}

}  // namespace

std::string ConfidencePhrase(double confidence, double minimum) {
  if (minimum <= 0.0) return WithDecimals(confidence, kMinDecimals);
  int decimals = kMinDecimals;
  while (confidence != minimum && decimals < kMaxDecimals &&
         WithDecimals(confidence, decimals) == WithDecimals(minimum, decimals)) {
    ++decimals;
  }
  return absl::StrCat(WithDecimals(confidence, decimals), confidence >= minimum ? " ≥ " : " < ",
                      WithDecimals(minimum, decimals));
}

}  // namespace rubricator
