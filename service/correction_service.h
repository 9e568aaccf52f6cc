// rubricator.v1.CorrectionService without a transport.
#ifndef RUBRICATOR_SERVICE_CORRECTION_SERVICE_H_
#define RUBRICATOR_SERVICE_CORRECTION_SERVICE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "corrections/correction_store.h"
#include "rubricator/v1/correction_service.pb.h"
#include "service/call_context.h"
#include "service/snapshot.h"

namespace rubricator {

// Where corrections go and what is kept of them.
struct CorrectionKeeping {
  CorrectionStore* store = nullptr;  // borrowed; null: both calls are FAILED_PRECONDITION
  bool keep_text = false;            // also the article's title and body
};

// One StreamCorrections call: the corrections, some at a time. One thread at a time.
class CorrectionCursor {
 public:
  // The next ones, oldest first; none after the newest. Waits for the store. Errors: as
  // CorrectionStore::List.
  absl::StatusOr<std::vector<v1::Correction>> Next();

 private:
  friend class CorrectionService;
  CorrectionCursor(CorrectionStore& store, int64_t after_id) : store_(&store), after_(after_id) {}

  CorrectionStore* store_;
  int64_t after_;
  bool more_ = true;
};

// The proto file says what each call does and which errors it gives. Thread-safe; its calls wait
// for the store.
class CorrectionService {
 public:
  // `live` is borrowed.
  CorrectionService(const LiveSnapshot& live, CorrectionKeeping keeping)
      : live_(live), keeping_(keeping) {}

  absl::Status RecordCorrection(const v1::RecordCorrectionRequest& request,
                                const CallContext& context,
                                v1::RecordCorrectionResponse& response) const;
  absl::Status ListCorrections(const v1::ListCorrectionsRequest& request,
                               const CallContext& context,
                               v1::ListCorrectionsResponse& response) const;
  // Waits for nothing. Errors: as the proto file says of the request.
  absl::StatusOr<CorrectionCursor> OpenStream(const v1::StreamCorrectionsRequest& request) const;

 private:
  const LiveSnapshot& live_;
  const CorrectionKeeping keeping_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_CORRECTION_SERVICE_H_
