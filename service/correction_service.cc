#include "service/correction_service.h"

namespace rubricator {
namespace {

absl::Status NoStore() { return absl::UnimplementedError("there is no store of corrections yet"); }

}  // namespace

absl::Status CorrectionService::RecordCorrection(const v1::RecordCorrectionRequest& /*request*/,
                                                 const CallContext& /*context*/,
                                                 v1::RecordCorrectionResponse& /*response*/) const {
  return NoStore();
}

absl::Status CorrectionService::ListCorrections(const v1::ListCorrectionsRequest& /*request*/,
                                                const CallContext& /*context*/,
                                                v1::ListCorrectionsResponse& /*response*/) const {
  return NoStore();
}

}  // namespace rubricator
