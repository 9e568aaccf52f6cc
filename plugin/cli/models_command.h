// `rubricator models`.
#ifndef RUBRICATOR_PLUGIN_CLI_MODELS_COMMAND_H_
#define RUBRICATOR_PLUGIN_CLI_MODELS_COMMAND_H_

#include "plugin/cli/arguments.h"

namespace rubricator::cli {

// Prints every bundle of the target, newest first; returns the exit code.
int RunModels(const ModelsArguments& arguments);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_MODELS_COMMAND_H_
