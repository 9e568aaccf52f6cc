// Where corrections are kept: what the API needs of a store, whatever it is made of.
#ifndef RUBRICATOR_CORRECTIONS_CORRECTION_STORE_H_
#define RUBRICATOR_CORRECTIONS_CORRECTION_STORE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rubricator/v1/correction_service.pb.h"

namespace rubricator {

// A correction that is to be kept.
struct NewCorrection {
  std::string idempotency_key;
  std::string request_sha256;  // of what the caller sent: tells a repeated request from another one
  v1::Correction correction;   // checked, complete, and without what is not to be kept; no id
  std::chrono::system_clock::time_point recorded_at;  // retention counts from here
};

// Some of the corrections kept, oldest first.
struct CorrectionPage {
  std::vector<v1::Correction> corrections;
  bool more = false;  // whether there are newer ones
};

// Thread-safe. Calls wait for the disk or the network.
class CorrectionStore {
 public:
  virtual ~CorrectionStore() = default;

  // Keeps `correction` and gives it back with its id once it is durable; one that is kept already
  // under its key comes back as it was kept. Waits until `deadline`, at most half a minute. Errors:
  // ALREADY_EXISTS the key stands for another request; UNAVAILABLE the store cannot be reached;
  // DEADLINE_EXCEEDED (it may be kept yet: ask again with the same key); FAILED_PRECONDITION the
  // database is not one that this program can write.
  virtual absl::StatusOr<v1::Correction> Record(
      const NewCorrection& correction,
      std::optional<std::chrono::steady_clock::time_point> deadline) = 0;

  // At most `limit` (1 or more) corrections with ids above `after_id`, in ascending order; fewer
  // once they have `max_bytes` together, but always one if there is one. Errors: UNAVAILABLE,
  // FAILED_PRECONDITION as above; DATA_LOSS a row that cannot be read.
  virtual absl::StatusOr<CorrectionPage> List(int64_t after_id, size_t limit, size_t max_bytes) = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_CORRECTION_STORE_H_
