// `rubricator route`.
#ifndef RUBRICATOR_PLUGIN_CLI_ROUTE_COMMAND_H_
#define RUBRICATOR_PLUGIN_CLI_ROUTE_COMMAND_H_

#include "plugin/cli/arguments.h"

namespace rubricator::cli {

// Prints the desks and how each rule judged the article; returns the exit code. Rules that do not
// load are wrong use.
int RunRoute(const RouteArguments& arguments);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_ROUTE_COMMAND_H_
