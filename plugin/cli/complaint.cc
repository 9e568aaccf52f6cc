#include "plugin/cli/complaint.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "plugin/cli/display_text.h"

namespace rubricator::cli {

void Complain(std::string_view message) {
  std::fputs(absl::StrCat("rubricator: ", OneLine(message), "\n").c_str(), stderr);
}

ExitCode ComplainAndExit(const absl::Status& status, std::string_view target) {
  const std::string message(status.message());
  if (absl::IsUnavailable(status)) {
    Complain(absl::StrCat("no server answers at ", AsAbsl(target),
                          "; start rubricator-server there, or use --target embedded:DIR (",
                          message, ")"));
  } else if (absl::IsDeadlineExceeded(status)) {
    Complain(absl::StrCat(AsAbsl(target), " did not answer in time (", message, ")"));
  } else if (absl::IsUnimplemented(status)) {
    Complain(absl::StrCat(AsAbsl(target), " does not offer this yet (", message, ")"));
  } else {
    Complain(message);
  }
  return ExitCodeOf(status);
}

}  // namespace rubricator::cli
