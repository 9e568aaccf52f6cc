// The date of an article, as archives write it.
#ifndef RUBRICATOR_TRAINER_ARTICLE_DATE_H_
#define RUBRICATOR_TRAINER_ARTICLE_DATE_H_

#include <string>

#include "absl/status/statusor.h"

namespace rubricator {

// Seconds since 1970-01-01 UTC of "2024-05-17", "2024/05/17", "2024-05-17 09:30:00" (UTC) or RFC
// 3339. Errors: INVALID_ARGUMENT anything else.
absl::StatusOr<double> ParseArticleDate(const std::string& text);

// "2024-05-17T09:30:00Z".
std::string FormatArticleDate(double seconds);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_ARTICLE_DATE_H_
