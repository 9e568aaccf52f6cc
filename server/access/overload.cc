#include "server/access/overload.h"

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/strings/cord.h"
#include "classifier/absl_view.h"
#include "google/rpc/error_details.pb.h"

namespace rubricator {
namespace {

constexpr char kRetryInfo[] = "type.googleapis.com/google.rpc.RetryInfo";

// In [0, 1). Weyl's sequence spreads any run of calls evenly; nobody gains by guessing the next.
double NextSpread() {
  static std::atomic<uint32_t> weyl = 0;
  return weyl.fetch_add(2654435769U, std::memory_order_relaxed) / 4294967296.0;
}

}  // namespace

absl::Status Overloaded(std::string_view message, std::chrono::milliseconds retry_after) {
  google::rpc::RetryInfo retry;
  retry_after += std::chrono::milliseconds(
      static_cast<int64_t>(static_cast<double>(retry_after.count()) * NextSpread()));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(retry_after);
  retry.mutable_retry_delay()->set_seconds(seconds.count());
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int>(std::chrono::nanoseconds(retry_after - seconds).count()));
  absl::Status status = absl::ResourceExhaustedError(AsAbsl(message));
  status.SetPayload(kRetryInfo, absl::Cord(retry.SerializeAsString()));
  return status;
}

std::optional<std::chrono::milliseconds> RetryDelayOf(const absl::Status& status) {
  const absl::optional<absl::Cord> detail = status.GetPayload(kRetryInfo);
  google::rpc::RetryInfo retry;
  if (!detail.has_value() || !retry.ParseFromString(std::string(*detail))) return std::nullopt;
  return std::chrono::seconds(retry.retry_delay().seconds()) +
         std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::nanoseconds(retry.retry_delay().nanos()));
}

}  // namespace rubricator
