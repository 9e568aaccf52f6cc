#include "service/service.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

// ASCII, so that a newsroom's own limits may cut it anywhere.
constexpr std::string_view kWarmUpTitle = "Presidents of Russia and Kyrgyzstan speak of borders";
constexpr std::string_view kWarmUpBody =
    "<p>The presidents of Russia and Kyrgyzstan met in Bishkek to speak of trade, border security "
    "and a festival of culture. They signed an agreement on students.</p>";

}  // namespace

Service::Service(ServiceOptions options)
    : models_(live_, std::move(options.models)), correction_(live_, options.corrections) {
  const std::string api = "rubricator.v1.";
  methods_.Add(api + "ClassificationService.ClassifyArticle", classification_,
               &ClassificationService::ClassifyArticle);
  methods_.Add(api + "ClassificationService.BatchClassifyArticles", classification_,
               &ClassificationService::BatchClassifyArticles);
  methods_.Add(api + "RoutingService.PreviewRouting", routing_, &RoutingService::PreviewRouting);
  methods_.Add(api + "ModelService.GetModel", model_, &ModelService::GetModel);
  methods_.AddWaiting(WaitsFor::kModels, api + "ModelService.ListModels", model_,
                      &ModelService::ListModels);
  methods_.AddWaiting(WaitsFor::kModels, api + "ModelService.ActivateModel", model_,
                      &ModelService::ActivateModel);
  methods_.AddWaiting(WaitsFor::kModels, api + "ModelService.SetShadowModel", model_,
                      &ModelService::SetShadowModel);
  methods_.Add(api + "ModelService.GetShadowReport", model_, &ModelService::GetShadowReport);
  methods_.AddWaiting(WaitsFor::kStore, api + "CorrectionService.RecordCorrection", correction_,
                      &CorrectionService::RecordCorrection);
  methods_.AddWaiting(WaitsFor::kStore, api + "CorrectionService.ListCorrections", correction_,
                      &CorrectionService::ListCorrections);
}

std::shared_ptr<const Snapshot> Service::Activate(std::shared_ptr<const Snapshot> snapshot) {
  return live_.Set(std::move(snapshot));
}

absl::Status Service::WarmUp() const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> snapshot, live_.Get());
  const ClassifierLimits& limits = snapshot->classifier().limits();
  v1::ClassifyArticleRequest request;
  request.mutable_article()->set_title(std::string(kWarmUpTitle.substr(0, limits.max_title_bytes)));
  request.mutable_article()->set_body(std::string(kWarmUpBody.substr(0, limits.max_body_bytes)));
  request.mutable_options()->set_include_evidence(true);
  v1::ClassifyArticleResponse response;
  const absl::Status status = classification_.ClassifyArticle(request, CallContext{}, response);
  if (status.ok()) return status;
  return absl::InternalError(absl::StrCat("the warm-up article failed: ", status.ToString()));
}

}  // namespace rubricator
