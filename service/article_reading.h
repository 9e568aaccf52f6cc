// Requests in, the classifier's own values out: where the limits of the proto files are kept.
#ifndef RUBRICATOR_SERVICE_ARTICLE_READING_H_
#define RUBRICATOR_SERVICE_ARTICLE_READING_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "classifier/article.h"
#include "classifier/classifier.h"
#include "google/protobuf/timestamp.pb.h"
#include "rubricator/v1/article.pb.h"
#include "rubricator/v1/classification_service.pb.h"

namespace rubricator {

// The limits that rubricator/v1 writes out.
inline constexpr size_t kMaxIdBytes = 256;
inline constexpr size_t kMaxSourceBytes = 256;
inline constexpr size_t kMaxUrlBytes = 2048;
inline constexpr size_t kMaxBatchArticles = 1000;
inline constexpr size_t kMaxRulesBytes = 1 << 20;
inline constexpr size_t kDefaultEvidence = 8;
inline constexpr size_t kMaxEvidence = 50;

// A format that is UNSPECIFIED is decided from the body. What the classifier checks itself (blank,
// title and body limits, markup) is left to it, but a body over `limits` is not copied. Errors:
// INVALID_ARGUMENT naming "article.…".
absl::StatusOr<Article> ReadArticle(const v1::Article& message, const ClassifierLimits& limits);

// Errors: INVALID_ARGUMENT naming "options.…" for more than kMaxEvidence pieces, an unknown
// encoding, or a display language that is no BCP 47 tag.
absl::StatusOr<AnalysisOptions> ReadOptions(const v1::ClassifyOptions& message);

// OK for years 1 to 9999, as google/protobuf/timestamp.proto bounds them; else INVALID_ARGUMENT
// naming `field`.
absl::Status CheckTimestamp(std::string_view field, const google::protobuf::Timestamp& time);

// OK for an empty one and for a BCP 47 tag by its form ("ru", "en-GB", "zh-Hant-TW"); else
// INVALID_ARGUMENT naming `field`.
absl::Status CheckLanguageTag(std::string_view field, std::string_view tag);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_ARTICLE_READING_H_
