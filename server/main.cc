// rubricator-server: settings, start, signals. What it does is in server.h.
#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <signal.h>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "google/protobuf/stubs/logging.h"
#include "server/command_line.h"
#include "server/json_log.h"
#include "server/server.h"

namespace {

using rubricator::JsonLog;

std::optional<std::string> Environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// Blocked in every thread, so that only sigwait() sees them.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

// What gRPC and protobuf would print by themselves is said by our own lines, or is of no use to an
// operator.
void SilenceLibraries() {
  if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
  google::protobuf::SetLogHandler(nullptr);
}

int Refuse(const absl::Status& status) {
  // In one piece: the log writes to the same place from its own thread.
  std::cerr << "rubricator-server: " + std::string(status.message()) + "\n";
  return absl::IsUnavailable(status) ? rubricator::kExitUnavailable
         : absl::IsInternal(status)  ? rubricator::kExitInternal
                                     : rubricator::kExitConfig;
}

// SIGHUP: the settings are read again as at the start; those that are wrong change nothing.
void Reload(const std::vector<std::string>& arguments, rubricator::Server& server, JsonLog& log) {
  std::ostringstream ignored;
  std::ostringstream complaint;
  const rubricator::CommandLine line =
      rubricator::ReadCommandLine(arguments, Environment, ignored, complaint);
  if (!line.exit_code.has_value()) return server.Reload(line.config);
  std::string message = complaint.str();
  message.erase(message.find_last_not_of('\n') + 1);
  log.Event(spdlog::level::err, "settings_refused", {{"message", message}});
}

int Run(const rubricator::server::Config& config, const std::vector<std::string>& arguments) {
  sigset_t signals = BlockSignals();  // before gRPC has threads, which inherit it
  grpc_init();  // never undone: the last grpc_shutdown() may wait 10 s for gRPC's own poller of
                // slow writes
  JsonLog log(config.log().level());
  absl::StatusOr<std::unique_ptr<rubricator::Server>> server =
      rubricator::Server::Start(config, log);
  if (!server.ok()) return Refuse(server.status());
  const absl::Status loaded = (*server)->LoadModel();
  if (!loaded.ok()) return Refuse(loaded);
  sd_notify(0, "READY=1");  // systemd, where it started the server, calls it started now
  int signal_number = 0;
  while (sigwait(&signals, &signal_number) == 0 && signal_number == SIGHUP) {
    Reload(arguments, **server, log);
  }
  signal(SIGHUP, SIG_IGN);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // a second signal ends the process at once
  sd_notify(0, "STOPPING=1");
  (*server)->Drain();
  return rubricator::kExitOk;
}

}  // namespace

int main(int argc, char** argv) {
  SilenceLibraries();
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const rubricator::CommandLine line =
      rubricator::ReadCommandLine(arguments, Environment, std::cout, std::cerr);
  return line.exit_code.has_value() ? *line.exit_code : Run(line.config, arguments);
}
