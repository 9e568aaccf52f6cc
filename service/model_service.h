// rubricator.v1.ModelService without a transport.
#ifndef RUBRICATOR_SERVICE_MODEL_SERVICE_H_
#define RUBRICATOR_SERVICE_MODEL_SERVICE_H_

#include "absl/status/status.h"
#include "rubricator/v1/model_service.pb.h"
#include "service/call_context.h"
#include "service/snapshot.h"

namespace rubricator {

// Version strings come from callers and go into messages.
inline constexpr size_t kMaxVersionBytes = 64;

// Knows the one live bundle. The proto file says what each call does and which errors it gives;
// ActivateModel is UNIMPLEMENTED. Thread-safe.
class ModelService {
 public:
  // `live` is borrowed.
  explicit ModelService(const LiveSnapshot& live) : live_(live) {}

  absl::Status GetModel(const v1::GetModelRequest& request, const CallContext& context,
                        v1::GetModelResponse& response) const;
  absl::Status ListModels(const v1::ListModelsRequest& request, const CallContext& context,
                          v1::ListModelsResponse& response) const;
  absl::Status ActivateModel(const v1::ActivateModelRequest& request, const CallContext& context,
                             v1::ActivateModelResponse& response) const;

 private:
  const LiveSnapshot& live_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_MODEL_SERVICE_H_
