#include "service/model_service.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/model_manifest.h"
#include "classifier/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "service/field_error.h"
#include "service/page_token.h"

namespace rubricator {
namespace {

constexpr uint32_t kMaxModelsPage = 100;
constexpr uint32_t kDefaultModelsPage = 50;
constexpr char kList[] = "models";

void WriteTopic(const TopicLabel& label, v1::TopicDescription& out) {
  out.set_id(label.id);
  out.mutable_media_topics()->Assign(label.media_topics.begin(), label.media_topics.end());
  out.mutable_display_names()->insert(label.names.begin(), label.names.end());
  out.set_threshold(label.threshold);
}

void WriteModel(const ModelManifest& manifest, v1::ModelState state, v1::Model& out) {
  out.set_version(manifest.version);
  out.set_state(state);
  if (!google::protobuf::util::TimeUtil::FromString(manifest.created_at,
                                                    out.mutable_create_time())) {
    out.clear_create_time();
  }
  out.mutable_languages()->Assign(manifest.languages.begin(), manifest.languages.end());
  for (const TopicLabel& label : manifest.topics) WriteTopic(label, *out.add_topics());
  out.set_digest(manifest.digest);
  uint64_t size_bytes = 0;
  for (const auto& [name, file] : manifest.files) size_bytes += file.bytes;
  out.set_size_bytes(size_bytes);
}

void WriteStanding(const ModelStanding& standing, v1::Model& out) {
  const v1::ModelState state = standing.active            ? v1::MODEL_STATE_ACTIVE
                               : standing.problem.empty() ? v1::MODEL_STATE_AVAILABLE
                                                          : v1::MODEL_STATE_REFUSED;
  if (standing.entry.manifest.ok()) WriteModel(*standing.entry.manifest, state, out);
  out.set_version(standing.entry.version);
  out.set_state(state);
  out.set_problem(standing.problem);
}

absl::Status CheckVersion(const std::string& version) {
  if (version.size() <= kMaxVersionBytes) return absl::OkStatus();
  return FieldError("version",
                    absl::StrCat("is ", version.size(), " bytes; limit is ", kMaxVersionBytes));
}

// The version of the live model; empty before there is one.
std::string ActiveVersion(const LiveSnapshot& live) {
  const absl::StatusOr<std::shared_ptr<const Snapshot>> snapshot = live.Get();
  return snapshot.ok() ? (*snapshot)->classifier().manifest().version : "";
}

}  // namespace

absl::Status ModelService::GetModel(const v1::GetModelRequest& request, const CallContext& context,
                                    v1::GetModelResponse& response) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  const ModelManifest& manifest = snapshot->classifier().manifest();
  RETURN_IF_ERROR(CheckVersion(request.version()));
  if (request.version().empty() || request.version() == manifest.version) {
    WriteModel(manifest, v1::MODEL_STATE_ACTIVE, *response.mutable_model());
    response.mutable_model()->set_card_markdown(snapshot->model_card());
    if (context.record != nullptr) context.record->model_version = manifest.version;
    return absl::OkStatus();
  }
  for (const ModelStanding& standing : models_.List()) {
    if (standing.entry.version != request.version()) continue;
    WriteStanding(standing, *response.mutable_model());
    response.mutable_model()->set_card_markdown(ReadModelCard(standing.entry.folder));
    return absl::OkStatus();
  }
  return absl::NotFoundError(absl::StrCat("there is no model ", request.version()));
}

absl::Status ModelService::ListModels(const v1::ListModelsRequest& request,
                                      const CallContext& /*context*/,
                                      v1::ListModelsResponse& response) const {
  RETURN_IF_ERROR(live_.Get().status());
  if (request.page_size() > kMaxModelsPage) {
    return FieldError("page_size",
                      absl::StrCat(request.page_size(), "; range is 1 to ", kMaxModelsPage));
  }
  std::optional<std::string> after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(after, ReadPageToken(kList, request.page_token()));
  }
  const int limit =
      static_cast<int>(request.page_size() == 0 ? kDefaultModelsPage : request.page_size());
  for (const ModelStanding& standing : models_.List()) {
    const std::string& version = standing.entry.version;
    if (after.has_value() && !OlderVersion(version, *after)) continue;
    if (response.models_size() == limit) {
      response.set_next_page_token(WritePageToken(kList, response.models(limit - 1).version()));
      break;
    }
    WriteStanding(standing, *response.add_models());
  }
  return absl::OkStatus();
}

absl::Status ModelService::ActivateModel(const v1::ActivateModelRequest& request,
                                         const CallContext& context,
                                         v1::ActivateModelResponse& response) const {
  if (request.version().empty()) return FieldError("version", "is missing");
  RETURN_IF_ERROR(CheckVersion(request.version()));
  ASSIGN_OR_RETURN(const Activation activation, models_.Activate(request.version()));
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  WriteModel(snapshot->classifier().manifest(), v1::MODEL_STATE_ACTIVE, *response.mutable_model());
  response.set_previous_version(activation.previous_version);
  response.set_from_memory(activation.from_memory);
  response.set_verified_files(static_cast<uint32_t>(activation.verified_files));
  response.set_smoke_articles(static_cast<uint32_t>(activation.smoke_articles));
  response.set_load_ms(static_cast<uint32_t>(activation.load_time.count()));
  response.set_not_remembered(std::string(activation.remembered.message()));
  if (context.record != nullptr) context.record->model_version = activation.version;
  return absl::OkStatus();
}

absl::Status ModelService::SetShadowModel(const v1::SetShadowModelRequest& request,
                                          const CallContext& /*context*/,
                                          v1::SetShadowModelResponse& /*response*/) const {
  RETURN_IF_ERROR(CheckVersion(request.version()));
  const double share = request.share() == 0.0 ? 1.0 : request.share();
  if (!(share > 0.0 && share <= 1.0)) {
    return FieldError("share", absl::StrCat(share, "; range is above 0 to 1"));
  }
  if (request.version().empty()) {
    shadow_.Set(nullptr, share);
    return absl::OkStatus();
  }
  if (request.version() == ActiveVersion(live_)) {
    return FieldError("version", absl::StrCat(request.version(), " is the active one"));
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> candidate,
                   models_.LoadBeside(request.version()));
  shadow_.Set(std::move(candidate), share);
  return absl::OkStatus();
}

absl::Status ModelService::GetShadowReport(const v1::GetShadowReportRequest& /*request*/,
                                           const CallContext& /*context*/,
                                           v1::GetShadowReportResponse& response) const {
  ASSIGN_OR_RETURN(*response.mutable_report(), shadow_.Report());
  return absl::OkStatus();
}

}  // namespace rubricator
