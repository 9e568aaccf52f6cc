// rubricator.v1.RoutingService without a transport.
#ifndef RUBRICATOR_SERVICE_ROUTING_SERVICE_H_
#define RUBRICATOR_SERVICE_ROUTING_SERVICE_H_

#include "absl/status/status.h"
#include "rubricator/v1/routing_service.pb.h"
#include "service/call_context.h"
#include "service/snapshot.h"

namespace rubricator {

// The proto file says what each call does and which errors it gives. Thread-safe.
class RoutingService {
 public:
  // `live` is borrowed.
  explicit RoutingService(const LiveSnapshot& live) : live_(live) {}

  absl::Status PreviewRouting(const v1::PreviewRoutingRequest& request, const CallContext& context,
                              v1::PreviewRoutingResponse& response) const;

 private:
  const LiveSnapshot& live_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_ROUTING_SERVICE_H_
