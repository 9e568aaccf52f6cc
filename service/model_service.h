// rubricator.v1.ModelService without a transport.
#ifndef RUBRICATOR_SERVICE_MODEL_SERVICE_H_
#define RUBRICATOR_SERVICE_MODEL_SERVICE_H_

#include "absl/status/status.h"
#include "rubricator/v1/model_service.pb.h"
#include "service/call_context.h"
#include "service/model_switch.h"
#include "service/shadow_model.h"
#include "service/snapshot.h"

namespace rubricator {

// The proto file says what each call does and which errors it gives. Thread-safe; all but GetModel
// of the live bundle and GetShadowReport wait for the disk.
class ModelService {
 public:
  // Borrows all.
  ModelService(const LiveSnapshot& live, ModelSwitch& models, ShadowModel& shadow)
      : live_(live), models_(models), shadow_(shadow) {}

  absl::Status GetModel(const v1::GetModelRequest& request, const CallContext& context,
                        v1::GetModelResponse& response) const;
  absl::Status ListModels(const v1::ListModelsRequest& request, const CallContext& context,
                          v1::ListModelsResponse& response) const;
  absl::Status ActivateModel(const v1::ActivateModelRequest& request, const CallContext& context,
                             v1::ActivateModelResponse& response) const;
  absl::Status SetShadowModel(const v1::SetShadowModelRequest& request, const CallContext& context,
                              v1::SetShadowModelResponse& response) const;
  absl::Status GetShadowReport(const v1::GetShadowReportRequest& request,
                               const CallContext& context,
                               v1::GetShadowReportResponse& response) const;

 private:
  const LiveSnapshot& live_;
  ModelSwitch& models_;
  ShadowModel& shadow_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_MODEL_SERVICE_H_
