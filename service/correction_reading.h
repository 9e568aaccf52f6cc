// A request to keep a correction in, what is to be kept out.
#ifndef RUBRICATOR_SERVICE_CORRECTION_READING_H_
#define RUBRICATOR_SERVICE_CORRECTION_READING_H_

#include <chrono>
#include <cstddef>

#include "absl/status/statusor.h"
#include "corrections/correction_store.h"
#include "rubricator/v1/correction_service.pb.h"
#include "service/snapshot.h"

namespace rubricator {

// The limits that rubricator/v1 writes out.
inline constexpr size_t kMaxIdempotencyKeyBytes = 128;
inline constexpr size_t kMaxEditorBytes = 256;
inline constexpr size_t kMaxDesks = 100;
inline constexpr size_t kMaxDeskBytes = 256;

// Checks `request` against what `snapshot` knows, fills in what it leaves to the server (hash,
// time: `now`) and drops title and body unless `keep_text`. Errors: INVALID_ARGUMENT naming the
// field
// ("correction.corrected.topics[2]").
absl::StatusOr<NewCorrection> ReadCorrection(const v1::RecordCorrectionRequest& request,
                                             const Snapshot& snapshot, bool keep_text,
                                             std::chrono::system_clock::time_point now);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_CORRECTION_READING_H_
