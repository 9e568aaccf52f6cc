#include "service/model_service.h"

#include <map>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/model_manifest.h"
#include "classifier/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

constexpr uint32_t kMaxModelsPage = 100;

void WriteTopic(const TopicLabel& label, v1::TopicDescription& out) {
  out.set_id(label.id);
  out.mutable_media_topics()->Assign(label.media_topics.begin(), label.media_topics.end());
  out.mutable_display_names()->insert(label.names.begin(), label.names.end());
  out.set_threshold(label.threshold);
}

void WriteModel(const ModelManifest& manifest, v1::Model& out) {
  out.set_version(manifest.version);
  out.set_state(v1::MODEL_STATE_ACTIVE);
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

}  // namespace

absl::Status ModelService::GetModel(const v1::GetModelRequest& request, const CallContext& context,
                                    v1::GetModelResponse& response) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  const ModelManifest& manifest = snapshot->classifier().manifest();
  if (request.version().size() > kMaxVersionBytes) {
    return FieldError("version", absl::StrCat("is ", request.version().size(), " bytes; limit is ",
                                              kMaxVersionBytes));
  }
  if (!request.version().empty() && request.version() != manifest.version) {
    return absl::NotFoundError(absl::StrCat("there is no model ", request.version()));
  }
  WriteModel(manifest, *response.mutable_model());
  response.mutable_model()->set_card_markdown(snapshot->model_card());
  if (context.record != nullptr) context.record->model_version = manifest.version;
  return absl::OkStatus();
}

absl::Status ModelService::ListModels(const v1::ListModelsRequest& request,
                                      const CallContext& context,
                                      v1::ListModelsResponse& response) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  if (request.page_size() > kMaxModelsPage) {
    return FieldError("page_size",
                      absl::StrCat(request.page_size(), "; range is 1 to ", kMaxModelsPage));
  }
  if (!request.page_token().empty()) {
    return FieldError("page_token", "was not given by this server");
  }
  WriteModel(snapshot->classifier().manifest(), *response.add_models());
  if (context.record != nullptr) {
    context.record->model_version = snapshot->classifier().manifest().version;
  }
  return absl::OkStatus();
}

absl::Status ModelService::ActivateModel(const v1::ActivateModelRequest& request,
                                         const CallContext& /*context*/,
                                         v1::ActivateModelResponse& /*response*/) const {
  if (request.version().empty()) return FieldError("version", "is missing");
  return absl::UnimplementedError("models cannot be switched while the server runs yet");
}

}  // namespace rubricator
