#include "service/service.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

constexpr char kWarmUpTitle[] = "Президенты России и Киргизии обсудили охрану границы";
constexpr char kWarmUpBody[] =
    "<p>The presidents of Russia and Kyrgyzstan met in Bishkek to speak of trade, border security "
    "and a festival of culture.</p>";

}  // namespace

Service::Service() {
  const std::string api = "rubricator.v1.";
  methods_.Add(api + "ClassificationService.ClassifyArticle", classification_,
               &ClassificationService::ClassifyArticle);
  methods_.Add(api + "ClassificationService.BatchClassifyArticles", classification_,
               &ClassificationService::BatchClassifyArticles);
  methods_.Add(api + "RoutingService.PreviewRouting", routing_, &RoutingService::PreviewRouting);
  methods_.Add(api + "ModelService.GetModel", model_, &ModelService::GetModel);
  methods_.Add(api + "ModelService.ListModels", model_, &ModelService::ListModels);
  methods_.Add(api + "ModelService.ActivateModel", model_, &ModelService::ActivateModel);
  methods_.Add(api + "CorrectionService.RecordCorrection", correction_,
               &CorrectionService::RecordCorrection);
  methods_.Add(api + "CorrectionService.ListCorrections", correction_,
               &CorrectionService::ListCorrections);
}

std::shared_ptr<const Snapshot> Service::Activate(std::shared_ptr<const Snapshot> snapshot) {
  return live_.Set(std::move(snapshot));
}

absl::Status Service::WarmUp() const {
  v1::ClassifyArticleRequest request;
  request.mutable_article()->set_title(kWarmUpTitle);
  request.mutable_article()->set_body(kWarmUpBody);
  request.mutable_options()->set_include_evidence(true);
  v1::ClassifyArticleResponse response;
  const absl::Status status = classification_.ClassifyArticle(request, CallContext{}, response);
  if (status.ok() || absl::IsUnavailable(status)) return status;
  return absl::InternalError(absl::StrCat("the warm-up article failed: ", status.ToString()));
}

}  // namespace rubricator
