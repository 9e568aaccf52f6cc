// The `rubricator` command.
#include <cstdlib>
#include <exception>
#include <variant>

#include "google/protobuf/stubs/logging.h"
#include "grpc/support/log.h"
#include "plugin/cli/arguments.h"
#include "plugin/cli/classify_command.h"
#include "plugin/cli/complaint.h"
#include "plugin/cli/models_command.h"
#include "plugin/cli/route_command.h"

namespace rubricator::cli {
namespace {

int Run(int exit_code) { return exit_code; }
int Run(const ClassifyArguments& arguments) { return RunClassify(arguments); }
int Run(const RouteArguments& arguments) { return RunRoute(arguments); }
int Run(const ModelsArguments& arguments) { return RunModels(arguments); }

// gRPC's own lines would stand between ours; GRPC_VERBOSITY brings them back.
void SilenceLogs() {
  if (std::getenv("GRPC_VERBOSITY") != nullptr) return;
  gpr_set_log_function([](gpr_log_func_args*) {});
  google::protobuf::SetLogHandler(nullptr);
}

int Main(int argc, char** argv) {
  SilenceLogs();
  const auto arguments = ReadArguments(argc, argv);
  return std::visit([](const auto& chosen) { return Run(chosen); }, arguments);
}

}  // namespace
}  // namespace rubricator::cli

int main(int argc, char** argv) {
  try {
    return rubricator::cli::Main(argc, argv);
  } catch (const std::exception& error) {
    rubricator::cli::Complain(error.what());
    return rubricator::cli::kUnexpected;
  }
}
