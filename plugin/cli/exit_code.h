// What the command's exit status tells a script. `rubricator --help` and docs/clients.md list the
// same.
#ifndef RUBRICATOR_PLUGIN_CLI_EXIT_CODE_H_
#define RUBRICATOR_PLUGIN_CLI_EXIT_CODE_H_

#include "absl/status/status.h"

namespace rubricator::cli {

enum ExitCode : int {
  kAllAnswered = 0,
  kSomeFailed = 1,    // an article or an input line failed; the others were answered
  kWrongUse = 2,      // flags, a target or rules that cannot be read
  kUnreachable = 3,   // the server is not there or did not answer in time
  kSetUpRefused = 4,  // bundle, TLS file or token refused; a server that lacks the method
  kUnexpected = 5,    // anything else: output that cannot be written, a fault of ours
};

inline constexpr char kExitCodeHelp[] =
    "Exit codes:\n"
    "  0  every article was answered\n"
    "  1  an article or an input line failed; the others were answered\n"
    "  2  wrong use: a flag, a target, or rules that cannot be read\n"
    "  3  the server is not there or did not answer in time\n"
    "  4  the model bundle, a TLS file or the token was refused\n"
    "  5  anything else\n";

// For an error that ends the whole command. Never kAllAnswered or kSomeFailed.
ExitCode ExitCodeOf(const absl::Status& status);

// Whether an error of one article leaves no hope for the next one.
bool EndsTheRun(const absl::Status& status);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_EXIT_CODE_H_
