// The rubricator-server command line: settings from file, environment and flags.
#ifndef RUBRICATOR_SERVER_COMMAND_LINE_H_
#define RUBRICATOR_SERVER_COMMAND_LINE_H_

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "server/config.pb.h"
#include "server/config_binder.h"

namespace rubricator {

// Exit codes, as sysexits.h numbers them.
inline constexpr int kExitOk = 0;            // drained, or --help and the like
inline constexpr int kExitUsage = 64;        // an unknown flag, or a flag's value
inline constexpr int kExitUnavailable = 69;  // the address cannot be listened on
inline constexpr int kExitInternal = 70;     // our bug
inline constexpr int kExitConfig = 78;  // configuration file, environment, model or routing file

struct CommandLine {
  // Set: there is nothing to run; what there was to say is said.
  std::optional<int> exit_code;
  server::Config config;
};

// Reads `arguments` (without the program's name), the file that --config or RUBRICATOR_CONFIG
// names, and the environment, in the rising order file, environment, flags. Help, version and
// --print-config go to `out`, a refusal, one line, to `err`.
CommandLine ReadCommandLine(const std::vector<std::string>& arguments,
                            const EnvironmentLookup& environment, std::ostream& out,
                            std::ostream& err);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_COMMAND_LINE_H_
