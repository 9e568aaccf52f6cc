// Errors as a person reads them, on stderr.
#ifndef RUBRICATOR_PLUGIN_CLI_COMPLAINT_H_
#define RUBRICATOR_PLUGIN_CLI_COMPLAINT_H_

#include <string_view>

#include "absl/status/status.h"
#include "plugin/cli/exit_code.h"

namespace rubricator::cli {

// "rubricator: `message`" on a line of its own.
void Complain(std::string_view message);

// For an error that ends the command: says what it means for `target` and what to try. Returns the
// exit code.
ExitCode ComplainAndExit(const absl::Status& status, std::string_view target);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_COMPLAINT_H_
