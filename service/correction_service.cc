#include "service/correction_service.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "service/correction_reading.h"
#include "service/field_error.h"
#include "service/page_token.h"

namespace rubricator {
namespace {

constexpr uint32_t kMaxPage = 1000;
constexpr uint32_t kDefaultPage = 100;
// Half of what gRPC's clients take by default; a page ends early where article texts are long.
constexpr size_t kMaxPageBytes = 2 << 20;
constexpr char kList[] = "corrections";

absl::Status NoStore() {
  return absl::FailedPreconditionError(
      "no corrections are kept here: a server keeps them, unless corrections.store is none");
}

// Topic ids were checked against the model when the correction was read.
void Note(const v1::Correction& correction, CallRecord* record) {
  if (record == nullptr) return;
  ++record->corrections;
  const auto& given = correction.given().topics();
  const auto& corrected = correction.corrected().topics();
  for (const std::string& topic : corrected) {
    if (std::find(given.begin(), given.end(), topic) == given.end()) {
      ++record->topic_corrections[topic].added;
    }
  }
  for (const std::string& topic : given) {
    if (std::find(corrected.begin(), corrected.end(), topic) == corrected.end()) {
      ++record->topic_corrections[topic].removed;
    }
  }
}

std::optional<int64_t> ReadId(const std::string& text) {
  int64_t id = 0;
  const char* end = text.data() + text.size();
  const auto [read_to, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || read_to != end || id < 0) return std::nullopt;
  return id;
}

absl::StatusOr<int64_t> ReadPosition(const std::string& page_token) {
  if (page_token.empty()) return 0;
  ASSIGN_OR_RETURN(const std::string position, ReadPageToken(kList, page_token));
  const std::optional<int64_t> id = ReadId(position);
  if (id.has_value()) return *id;
  return FieldError("page_token", "was not given by this server");
}

}  // namespace

absl::Status CorrectionService::RecordCorrection(const v1::RecordCorrectionRequest& request,
                                                 const CallContext& context,
                                                 v1::RecordCorrectionResponse& response) const {
  if (keeping_.store == nullptr) return NoStore();
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  ASSIGN_OR_RETURN(const NewCorrection correction,
                   ReadCorrection(request, *snapshot, keeping_.keep_text, context.now));
  if (context.record != nullptr) context.record->article_id = correction.correction.article().id();
  ASSIGN_OR_RETURN(*response.mutable_correction(),
                   keeping_.store->Record(correction, context.deadline));
  Note(response.correction(), context.record);
  return absl::OkStatus();
}

absl::Status CorrectionService::ListCorrections(const v1::ListCorrectionsRequest& request,
                                                const CallContext& /*context*/,
                                                v1::ListCorrectionsResponse& response) const {
  if (keeping_.store == nullptr) return NoStore();
  if (request.page_size() > kMaxPage) {
    return FieldError("page_size", absl::StrCat(request.page_size(), "; range is 1 to ", kMaxPage));
  }
  ASSIGN_OR_RETURN(const int64_t after_id, ReadPosition(request.page_token()));
  const size_t limit = request.page_size() == 0 ? kDefaultPage : request.page_size();
  ASSIGN_OR_RETURN(CorrectionPage page, keeping_.store->List(after_id, limit, kMaxPageBytes));
  if (page.more) response.set_next_page_token(WritePageToken(kList, page.corrections.back().id()));
  for (v1::Correction& correction : page.corrections) {
    *response.add_corrections() = std::move(correction);
  }
  return absl::OkStatus();
}

absl::StatusOr<CorrectionCursor> CorrectionService::OpenStream(
    const v1::StreamCorrectionsRequest& request) const {
  if (keeping_.store == nullptr) return NoStore();
  const std::optional<int64_t> after_id =
      request.after_id().empty() ? 0 : ReadId(request.after_id());
  if (!after_id.has_value()) return FieldError("after_id", "is no id of a correction");
  return CorrectionCursor(*keeping_.store, *after_id);
}

absl::StatusOr<std::vector<v1::Correction>> CorrectionCursor::Next() {
  if (!more_) return std::vector<v1::Correction>();
  ASSIGN_OR_RETURN(CorrectionPage page, store_->List(after_, kDefaultPage, kMaxPageBytes));
  more_ = page.more;
  if (more_) after_ = ReadId(page.corrections.back().id()).value_or(after_);
  return std::move(page.corrections);
}

}  // namespace rubricator
