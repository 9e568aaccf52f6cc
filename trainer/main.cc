// rubricator-train: labelled articles in, a model bundle out.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "trainer/commands.h"
#include "trainer/stop_signal.h"

namespace rubricator {
namespace {

constexpr int kFailed = 1;  // --help documents the exit codes
constexpr int kStopped = 130;

int Report(const absl::Status& status) {
  if (status.ok()) return 0;
  std::fprintf(stderr, "rubricator-train: %s\n", std::string(status.message()).c_str());
  return absl::IsCancelled(status) ? kStopped : kFailed;
}

int Main(int argc, char** argv) {
  CLI::App app("Trains, evaluates and compiles Rubricator's model bundles.");
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done; 1 failed, with one line that says why; 100 and more: wrong usage; 130 "
      "stopped by a signal.");
  const std::vector<Command> commands = {AddTrain(app),  AddTune(app),    AddEvaluate(app),
                                         AddImport(app), AddInspect(app), AddRegions(app),
                                         AddCompile(app)};
  CLI11_PARSE(app, argc, argv);
  CatchStopSignals();
  for (const Command& command : commands) {
    if (command.app->parsed()) return Report(command.run());
  }
  return kFailed;
}

}  // namespace
}  // namespace rubricator

int main(int argc, char** argv) { return rubricator::Main(argc, argv); }
