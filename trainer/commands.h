// The commands of rubricator-train.
#ifndef RUBRICATOR_TRAINER_COMMANDS_H_
#define RUBRICATOR_TRAINER_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <functional>

#include "absl/status/status.h"

namespace rubricator {

// What to run once the command line is read.
struct Command {
  CLI::App* app;
  std::function<absl::Status()> run;
};

Command AddTrain(CLI::App& app);     // articles in, bundle out
Command AddRegions(CLI::App& app);   // a bundle's regions anew
Command AddEvaluate(CLI::App& app);  // a bundle against annotated articles
Command AddTune(CLI::App& app);      // a search for better flags
Command AddImport(CLI::App& app);    // any archive to JSON Lines
Command AddInspect(CLI::App& app);   // what a bundle holds
Command AddCompile(CLI::App& app);   // fastText's file to the engine's

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_COMMANDS_H_
