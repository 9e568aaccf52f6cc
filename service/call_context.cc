#include "service/call_context.h"

namespace rubricator {

absl::Status CallContext::Check() const {
  if (deadline.has_value() && std::chrono::system_clock::now() >= *deadline) {
    return absl::DeadlineExceededError("the deadline passed before the answer was there");
  }
  if (cancelled && cancelled()) return absl::CancelledError("the caller cancelled");
  return absl::OkStatus();
}

}  // namespace rubricator
