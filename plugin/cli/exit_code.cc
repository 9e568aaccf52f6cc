#include "plugin/cli/exit_code.h"

namespace rubricator::cli {

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return kWrongUse;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kUnreachable;
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kUnimplemented:
      return kSetUpRefused;
    default:
      return kUnexpected;
  }
}

bool EndsTheRun(const absl::Status& status) {
  const ExitCode code = ExitCodeOf(status);
  return code == kUnreachable || code == kSetUpRefused;
}

}  // namespace rubricator::cli
