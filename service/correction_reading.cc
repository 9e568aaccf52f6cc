#include "service/correction_reading.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/util/time_util.h"
#include "service/article_reading.h"
#include "service/field_error.h"
#include "service/model_catalog.h"
#include "service/utf8_prefix.h"

namespace rubricator {
namespace {

constexpr size_t kSha256Digits = 64;
constexpr size_t kShownBytes = 64;  // of an identifier that is refused

using Labels = google::protobuf::RepeatedPtrField<std::string>;

absl::Status CheckSize(std::string_view field, const std::string& value, size_t limit) {
  if (value.size() <= limit) return absl::OkStatus();
  return FieldError(field, absl::StrCat("is ", value.size(), " bytes; limit is ", limit));
}

// Each once. `known` null: any.
absl::Status CheckLabels(std::string_view field, const Labels& labels,
                         const std::set<std::string>* known) {
  std::set<std::string_view> seen;
  for (int i = 0; i < labels.size(); ++i) {
    const std::string& label = labels[i];
    const std::string_view shown = Utf8Prefix(label, kShownBytes);
    const std::string place = absl::StrCat(AsAbsl(field), "[", i, "]");
    if (label.empty()) return FieldError(place, "is empty");
    if (known != nullptr && !known->contains(label)) {
      return FieldError(place, absl::StrCat("the model knows no \"", AsAbsl(shown), "\""));
    }
    if (!seen.insert(label).second) {
      return FieldError(place, absl::StrCat("\"", AsAbsl(shown), "\" stands there twice"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckDesks(std::string_view field, const Labels& desks) {
  if (static_cast<size_t>(desks.size()) > kMaxDesks) {
    return FieldError(field, absl::StrCat(desks.size(), " desks; limit is ", kMaxDesks));
  }
  for (int i = 0; i < desks.size(); ++i) {
    RETURN_IF_ERROR(CheckSize(absl::StrCat(AsAbsl(field), "[", i, "]"), desks[i], kMaxDeskBytes));
  }
  return CheckLabels(field, desks, nullptr);
}

absl::Status CheckLabelSet(const std::string& field, bool given, const v1::LabelSet& labels,
                           const RoutingVocabulary& vocabulary) {
  if (!given) return FieldError(field, "is missing; it may be empty inside");
  RETURN_IF_ERROR(CheckLabels(field + ".topics", labels.topics(), &vocabulary.topics));
  RETURN_IF_ERROR(CheckLabels(field + ".regions", labels.regions(), &vocabulary.countries));
  return CheckDesks(field + ".desks", labels.desks());
}

absl::Status CheckIdempotencyKey(const std::string& key) {
  if (key.empty()) return FieldError("idempotency_key", "is missing");
  RETURN_IF_ERROR(CheckSize("idempotency_key", key, kMaxIdempotencyKeyBytes));
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  if (std::all_of(key.begin(), key.end(), printable)) return absl::OkStatus();
  return FieldError("idempotency_key", "has a character that is not printable ASCII");
}

bool IsSha256(const std::string& text) {
  return text.size() == kSha256Digits &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// Makes `correction` carry the hash of its article. One without title and body is only named.
absl::Status CompleteHash(v1::Correction& correction) {
  const std::string& given = correction.article_sha256();
  const v1::Article& article = correction.article();
  if (!given.empty() && !IsSha256(given)) {
    return FieldError("correction.article_sha256", "is not 64 lower-case hex digits");
  }
  if (article.title().empty() && article.body().empty()) {
    if (!given.empty()) return absl::OkStatus();
    return FieldError("correction.article",
                      "has neither title nor body, and article_sha256 is missing");
  }
  const std::string computed = Sha256Hex(absl::StrCat(article.title(), "\n", article.body()));
  if (!given.empty() && given != computed) {
    return FieldError("correction.article_sha256",
                      absl::StrCat("differs from the article's, ", computed));
  }
  correction.set_article_sha256(computed);
  return absl::OkStatus();
}

// The same for the same message, whatever wrote its bytes.
std::string RequestSha256(v1::Correction correction) {
  correction.clear_id();
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  correction.SerializeToCodedStream(&coded);
  coded.Trim();
  return Sha256Hex(bytes);
}

}  // namespace

absl::StatusOr<NewCorrection> ReadCorrection(const v1::RecordCorrectionRequest& request,
                                             const Snapshot& snapshot, bool keep_text,
                                             std::chrono::system_clock::time_point now) {
  RETURN_IF_ERROR(CheckIdempotencyKey(request.idempotency_key()));
  if (!request.has_correction()) return FieldError("correction", "is missing");
  NewCorrection kept{.idempotency_key = request.idempotency_key(),
                     .request_sha256 = RequestSha256(request.correction()),
                     .correction = request.correction(),
                     .recorded_at = now};
  v1::Correction& correction = kept.correction;
  correction.clear_id();
  correction.DiscardUnknownFields();
  // ReadArticle names "article.…"; here it lies in the correction.
  const absl::Status article =
      ReadArticle(correction.article(), snapshot.classifier().limits()).status();
  if (!article.ok()) return WithinField("correction", article);
  RETURN_IF_ERROR(CompleteHash(correction));
  RETURN_IF_ERROR(CheckLabelSet("correction.given", correction.has_given(), correction.given(),
                                snapshot.vocabulary()));
  RETURN_IF_ERROR(CheckLabelSet("correction.corrected", correction.has_corrected(),
                                correction.corrected(), snapshot.vocabulary()));
  RETURN_IF_ERROR(CheckSize("correction.editor", correction.editor(), kMaxEditorBytes));
  RETURN_IF_ERROR(
      CheckSize("correction.model_version", correction.model_version(), kMaxVersionBytes));
  if (correction.has_corrected_at()) {
    RETURN_IF_ERROR(CheckTimestamp("correction.corrected_at", correction.corrected_at()));
  } else {
    *correction.mutable_corrected_at() = google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
        std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count());
  }
  if (!keep_text) {
    correction.mutable_article()->clear_title();
    correction.mutable_article()->clear_body();
  }
  if (correction.article().ByteSizeLong() == 0) correction.clear_article();
  return kept;
}

}  // namespace rubricator
