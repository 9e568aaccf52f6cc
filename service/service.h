// The whole API as functions from message to message: what gRPC, HTTP and the embedded target all
// call.
#ifndef RUBRICATOR_SERVICE_SERVICE_H_
#define RUBRICATOR_SERVICE_SERVICE_H_

#include <memory>

#include "absl/status/status.h"
#include "service/classification_service.h"
#include "service/correction_service.h"
#include "service/method_table.h"
#include "service/model_service.h"
#include "service/model_switch.h"
#include "service/routing_service.h"
#include "service/shadow_model.h"
#include "service/snapshot.h"

namespace rubricator {

struct ServiceOptions {
  CorrectionKeeping corrections = {};
  ModelSwitchOptions models = {};
};

// Thread-safe. Until Activate() every call that needs a model is answered UNAVAILABLE.
//
//   ASSIGN_OR_RETURN(auto snapshot, Snapshot::Load({.model_dir = dir, .routing_file = file}));
//   Service service;
//   service.Activate(std::move(snapshot));
//   v1::ClassifyArticleResponse response;
//   RETURN_IF_ERROR(service.classification().ClassifyArticle(request, CallContext{}, response));
class Service {
 public:
  explicit Service(ServiceOptions options = {});
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // `snapshot` (not null) answers from now on; calls that have begun end with the one they began
  // with. Returns the one before; null at first.
  std::shared_ptr<const Snapshot> Activate(std::shared_ptr<const Snapshot> snapshot);

  // Classifies one built-in article, so that the first caller does not pay for cold pages. Errors:
  // UNAVAILABLE before Activate(); INTERNAL when the model cannot answer.
  absl::Status WarmUp() const;

  const ClassificationService& classification() const { return classification_; }
  const RoutingService& routing() const { return routing_; }
  const ModelService& model() const { return model_; }
  // Switches the live model by itself, beside Activate(), where the options say what it may load.
  ModelSwitch& models() { return models_; }
  const CorrectionService& correction() const { return correction_; }
  // Every unary method of the four services.
  const MethodTable& methods() const { return methods_; }

 private:
  LiveSnapshot live_;
  ModelSwitch models_;
  ShadowModel shadow_;
  ClassificationService classification_{live_, &shadow_};
  RoutingService routing_{live_};
  ModelService model_{live_, models_, shadow_};
  CorrectionService correction_;
  MethodTable methods_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_SERVICE_H_
