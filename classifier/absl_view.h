// Debian builds Abseil with its own absl::string_view, which std::string_view does not convert to.
#ifndef RUBRICATOR_CLASSIFIER_ABSL_VIEW_H_
#define RUBRICATOR_CLASSIFIER_ABSL_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace rubricator {

// The same bytes as Abseil's type, for absl::StrCat and the like. Borrows: no longer than `text`.
inline absl::string_view AsAbsl(std::string_view text) {
  return absl::string_view(text.data(), text.size());
}

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_ABSL_VIEW_H_
