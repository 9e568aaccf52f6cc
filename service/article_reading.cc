#include "service/article_reading.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/plain_text.h"
#include "classifier/status_macros.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

// Years 1 to 9999, as google/protobuf/timestamp.proto bounds them.
constexpr int64_t kFirstSecond = -62'135'596'800;
constexpr int64_t kLastSecond = 253'402'300'799;
constexpr int32_t kNanosPerSecond = 1'000'000'000;

absl::Status CheckSize(std::string_view field, const std::string& value, size_t limit) {
  if (value.size() <= limit) return absl::OkStatus();
  return FieldError(field, absl::StrCat("is ", value.size(), " bytes; limit is ", limit));
}

absl::StatusOr<std::optional<double>> ReadPublishedAt(const v1::Article& message) {
  if (!message.has_published_at()) return std::nullopt;
  const google::protobuf::Timestamp& time = message.published_at();
  RETURN_IF_ERROR(CheckTimestamp("article.published_at", time));
  return static_cast<double>(time.seconds()) + static_cast<double>(time.nanos()) / kNanosPerSecond;
}

absl::StatusOr<TextFormat> ReadFormat(const v1::Article& message) {
  switch (message.format()) {
    case v1::TEXT_FORMAT_UNSPECIFIED:
      return LooksLikeHtml(message.body()) ? TextFormat::kHtml : TextFormat::kPlain;
    case v1::TEXT_FORMAT_PLAIN:
      return TextFormat::kPlain;
    case v1::TEXT_FORMAT_HTML:
      return TextFormat::kHtml;
    default:
      return FieldError("article.format",
                        absl::StrCat(static_cast<int>(message.format()), " is no TextFormat"));
  }
}

// RFC 5646, 2.1: subtags of 1 to 8 letters and digits; the first is of letters, 2 to 8 of them.
bool IsLanguageTag(std::string_view tag) {
  size_t begin = 0;
  while (begin <= tag.size()) {
    const size_t end = std::min(tag.find('-', begin), tag.size());
    const std::string_view subtag = tag.substr(begin, end - begin);
    const bool first = begin == 0;
    if (subtag.size() < (first ? 2 : 1) || subtag.size() > 8) return false;
    for (const char c : subtag) {
      const auto byte = static_cast<unsigned char>(c);
      const bool allowed = byte < 0x80 && (first ? std::isalpha(byte) : std::isalnum(byte)) != 0;
      if (!allowed) return false;
    }
    begin = end + 1;
  }
  return true;
}

}  // namespace

absl::Status CheckTimestamp(std::string_view field, const google::protobuf::Timestamp& time) {
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond) {
    return FieldError(field, absl::StrCat(time.seconds(), " s lies outside the years 1 to 9999"));
  }
  if (time.nanos() < 0 || time.nanos() >= kNanosPerSecond) {
    return FieldError(field, absl::StrCat(time.nanos(), " nanos; range is 0 to 999999999"));
  }
  return absl::OkStatus();
}

absl::Status CheckLanguageTag(std::string_view field, std::string_view tag) {
  if (tag.empty() || IsLanguageTag(tag)) return absl::OkStatus();
  constexpr size_t kShown = 32;
  if (tag.size() > kShown) return FieldError(field, "is no BCP 47 tag: too long");
  return FieldError(field, absl::StrCat("\"", AsAbsl(tag), "\" is no BCP 47 tag"));
}

absl::StatusOr<Article> ReadArticle(const v1::Article& message, const ClassifierLimits& limits) {
  RETURN_IF_ERROR(CheckSize("article.id", message.id(), kMaxIdBytes));
  RETURN_IF_ERROR(CheckSize("article.title", message.title(), limits.max_title_bytes));
  RETURN_IF_ERROR(CheckSize("article.body", message.body(), limits.max_body_bytes));
  RETURN_IF_ERROR(CheckLanguageTag("article.language", message.language()));
  RETURN_IF_ERROR(CheckSize("article.url", message.url(), kMaxUrlBytes));
  RETURN_IF_ERROR(CheckSize("article.source", message.source(), kMaxSourceBytes));
  Article article;
  ASSIGN_OR_RETURN(article.format, ReadFormat(message));
  ASSIGN_OR_RETURN(article.published_at, ReadPublishedAt(message));
  article.id = message.id();
  article.title = message.title();
  article.body = message.body();
  article.language = message.language();
  article.url = message.url();
  article.source = message.source();
  return article;
}

absl::StatusOr<AnalysisOptions> ReadOptions(const v1::ClassifyOptions& message) {
  if (message.max_evidence() > kMaxEvidence) {
    return FieldError("options.max_evidence",
                      absl::StrCat(message.max_evidence(), "; range is 1 to ", kMaxEvidence));
  }
  if (!v1::OffsetEncoding_IsValid(message.offset_encoding())) {
    return FieldError(
        "options.offset_encoding",
        absl::StrCat(static_cast<int>(message.offset_encoding()), " is no OffsetEncoding"));
  }
  RETURN_IF_ERROR(CheckLanguageTag("options.display_language", message.display_language()));
  return AnalysisOptions{
      .include_evidence = message.include_evidence(),
      .max_evidence = message.max_evidence() == 0 ? kDefaultEvidence : message.max_evidence()};
}

}  // namespace rubricator
