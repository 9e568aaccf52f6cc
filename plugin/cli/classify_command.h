// `rubricator classify`.
#ifndef RUBRICATOR_PLUGIN_CLI_CLASSIFY_COMMAND_H_
#define RUBRICATOR_PLUGIN_CLI_CLASSIFY_COMMAND_H_

#include "plugin/cli/arguments.h"

namespace rubricator::cli {

// Prints to stdout, complains on stderr, returns the exit code. The table asks for one article at a
// time and shows what each took; the other formats use one stream, so that a long input is as fast
// as the server.
int RunClassify(const ClassifyArguments& arguments);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_CLASSIFY_COMMAND_H_
