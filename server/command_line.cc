#include "server/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "server/access/token_command.h"
#include "server/correction_settings.h"
#include "server/http/cors.h"
#include "server/listen_address.h"

namespace rubricator {
namespace {

constexpr char kDescription[] =
    "Classifies news articles by topic and country and routes them to desks, over gRPC and HTTP.\n"
    "Each setting may stand in a YAML file, in the environment and in a flag; the later wins.";
constexpr char kFooter[] =
    "\nSIGTERM or SIGINT: calls in flight are answered, then the server ends; a second one ends it "
    "at "
    "once.\n"
    "Exit codes: 0 drained; 64 bad flag; 69 the address cannot be listened on; 70 internal error;\n"
    "78 bad configuration file, environment, model bundle or routing file.";
constexpr char kConfigVariable[] = "RUBRICATOR_CONFIG";

struct Flags {
  std::string config_file;
  bool print_config = false;
  std::vector<std::pair<SettingName, std::string>> settings;  // in the order given
};

void DeclareTokenCommand(CLI::App& app, TokenRequest& token) {
  CLI::App* command = app.add_subcommand("token", "make a bearer token for access.token_file");
  command->add_option("--name", token.name, "who holds it, for logs and limits")->required();
  command->add_option("--scopes", token.scopes, "what it is for: classify, correct, admin")
      ->delimiter(',')
      ->required();
  command->add_option("--file", token.file, "token file to add it to; none: its entry is printed")
      ->type_name("FILE");
}

void DeclareFlags(CLI::App& app, Flags& flags) {
  app.footer(kFooter);
  app.set_version_flag("--version", RUBRICATOR_VERSION);
  app.add_option("--config", flags.config_file,
                 absl::StrCat("YAML file of settings [env ", kConfigVariable, "]"))
      ->type_name("FILE");
  app.add_flag("--print-config", flags.print_config, "print the settings in force and end");
  for (const SettingName& setting : ListSettings(*server::Config::descriptor())) {
    const auto keep = [&flags, setting](const std::string& value) {
      flags.settings.emplace_back(setting, value);
    };
    std::string help = absl::StrCat(setting.help, " [env ", setting.environment);
    if (!setting.default_value.empty()) absl::StrAppend(&help, "; default ", setting.default_value);
    app.add_option_function<std::string>(setting.flag, keep, help + "]")
        ->type_name(setting.type)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return absl::NotFoundError(absl::StrCat(path, ": is a folder, not a file"));
  }
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) {
    return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  }
  return text;
}

// What no single setting can tell.
absl::Status CheckConfig(const server::Config& config) {
  RETURN_IF_ERROR(ListenAddress::Parse(config.listen()).status());
  for (const auto& [group, listen] : {std::pair("http.", config.http().listen()),
                                      std::pair("metrics.", config.metrics().listen())}) {
    if (listen.empty()) continue;
    const absl::Status status = ListenAddress::Parse(listen).status();
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(group, status.message()));
  }
  for (const std::string& origin : config.http().allowed_origins()) {
    const absl::Status status = CheckOrigin(origin);
    if (!status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("http.allowed_origins: ", status.message()));
    }
  }
  if (config.models().watch() && config.models().root().empty()) {
    return absl::InvalidArgumentError("models.watch: there is no models.root to watch");
  }
  if (config.model_dir().empty()) return absl::InvalidArgumentError("model_dir: is empty");
  if (config.limits().max_message_bytes() <= config.limits().max_body_bytes()) {
    return absl::InvalidArgumentError(
        absl::StrCat("limits.max_message_bytes: ", config.limits().max_message_bytes(),
                     " has no room for limits.max_body_bytes, ", config.limits().max_body_bytes()));
  }
  return ReadCorrectionSettings(config).status();
}

absl::Status ReadFileAndEnvironment(std::string config_file, const EnvironmentLookup& environment,
                                    server::Config& config) {
  if (config_file.empty()) config_file = environment(kConfigVariable).value_or("");
  if (!config_file.empty()) {
    ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(config_file));
    RETURN_IF_ERROR(BindYaml(text, config_file, config));
  }
  return BindEnvironment(environment, config);
}

absl::Status BindFlags(const Flags& flags, server::Config& config) {
  for (const auto& [setting, value] : flags.settings) {
    RETURN_IF_ERROR(BindValue(setting.path, value, setting.flag, config));
  }
  return absl::OkStatus();
}

int Refuse(const absl::Status& status, int exit_code, std::ostream& err) {
  err << "rubricator-server: " << status.message() << "\n";
  return exit_code;
}

}  // namespace

CommandLine ReadCommandLine(const std::vector<std::string>& arguments,
                            const EnvironmentLookup& environment, std::ostream& out,
                            std::ostream& err) {
  CommandLine result;
  Flags flags;
  CLI::App app(kDescription, "rubricator-server");
  TokenRequest token;
  DeclareFlags(app, flags);
  DeclareTokenCommand(app, token);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 pops the last
    app.parse(reversed);
  } catch (const CLI::Success& asked) {
    result.exit_code = app.exit(asked, out, err);
    return result;
  } catch (const CLI::ParseError& error) {
    err << "rubricator-server: " << error.what() << "; see --help\n";
    result.exit_code = kExitUsage;
    return result;
  }
  if (app.got_subcommand("token")) {
    const absl::Status made = RunTokenCommand(token, out, err);
    result.exit_code = made.ok() ? kExitOk : Refuse(made, kExitConfig, err);
    return result;
  }
  absl::Status status = ReadFileAndEnvironment(flags.config_file, environment, result.config);
  if (!status.ok()) {
    result.exit_code = Refuse(status, kExitConfig, err);
    return result;
  }
  status = BindFlags(flags, result.config);
  if (!status.ok()) {
    result.exit_code = Refuse(status, kExitUsage, err);
    return result;
  }
  status = CheckConfig(result.config);
  if (!status.ok()) {
    result.exit_code = Refuse(status, kExitConfig, err);
  } else if (flags.print_config) {
    out << WriteYaml(result.config);
    result.exit_code = kExitOk;
  }
  return result;
}

}  // namespace rubricator
