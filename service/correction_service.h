// rubricator.v1.CorrectionService without a transport.
#ifndef RUBRICATOR_SERVICE_CORRECTION_SERVICE_H_
#define RUBRICATOR_SERVICE_CORRECTION_SERVICE_H_

#include "absl/status/status.h"
#include "rubricator/v1/correction_service.pb.h"
#include "service/call_context.h"

namespace rubricator {

// Both calls are UNIMPLEMENTED: there is no store yet. Thread-safe.
class CorrectionService {
 public:
  absl::Status RecordCorrection(const v1::RecordCorrectionRequest& request,
                                const CallContext& context,
                                v1::RecordCorrectionResponse& response) const;
  absl::Status ListCorrections(const v1::ListCorrectionsRequest& request,
                               const CallContext& context,
                               v1::ListCorrectionsResponse& response) const;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_CORRECTION_SERVICE_H_
