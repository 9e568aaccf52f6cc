#include "plugin/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <map>

#include "plugin/cli/exit_code.h"

namespace rubricator::cli {
namespace {

constexpr char kDefaultTarget[] = "127.0.0.1:50051";
constexpr double kLongestTimeoutSeconds = 3600;

const std::map<std::string, OutputFormat> kOutputFormats = {{"table", OutputFormat::kTable},
                                                            {"json", OutputFormat::kJson},
                                                            {"jsonl", OutputFormat::kJsonLines},
                                                            {"labels", OutputFormat::kLabels}};
const std::map<std::string, InputFormat> kInputFormats = {{"auto", InputFormat::kDetect},
                                                          {"text", InputFormat::kText},
                                                          {"html", InputFormat::kHtml},
                                                          {"json", InputFormat::kJson},
                                                          {"jsonl", InputFormat::kJsonLines}};

// What the flags write into, as text; turned into arguments when all is read.
struct Flags {
  Connection connection{.target = kDefaultTarget, .options = {}};
  double timeout_seconds = 0;
  std::vector<std::string> paths;
  std::string rules_path;
  std::string input_format = "auto";
  std::string output_format = "table";
  std::string language;
  std::string display_language;
  bool include_evidence = false;
  uint32_t max_evidence = 0;
};

std::vector<std::string> NamesOf(const auto& formats) {
  std::vector<std::string> names;
  for (const auto& [name, format] : formats) names.push_back(name);
  return names;
}

void AddConnectionFlags(CLI::App& app, Flags& flags) {
  ClientOptions& options = flags.connection.options;
  const char* group = "Connection";
  app.add_option("--target", flags.connection.target,
                 "host:port, dns:///host:port, unix:/path or embedded:DIR[?routing=FILE]")
      ->envname("RUBRICATOR_TARGET")
      ->capture_default_str()
      ->group(group);
  app.add_option("--fallback", options.fallback_target,
                 "A second target, asked when the first cannot be reached")
      ->group(group);
  app.add_option("--timeout", flags.timeout_seconds,
                 "Longest wait for one answer, in seconds (2; 30 for a stream)")
      ->check(CLI::Range(0.001, kLongestTimeoutSeconds))
      ->group(group);
  app.add_option("--routing", options.routing_file, "Routing file of an embedded target")
      ->group(group);
  app.add_flag("--tls", options.tls.enabled, "Encrypt the connection")->group(group);
  app.add_option("--tls-ca", options.tls.ca_file,
                 "PEM file of the authority to trust; implies --tls")
      ->group(group);
  app.add_option("--tls-cert", options.tls.cert_file, "PEM file of this client's certificate")
      ->group(group);
  app.add_option("--tls-key", options.tls.key_file, "PEM file of its key")->group(group);
  app.add_option("--tls-server-name", options.tls.server_name,
                 "Name expected in the server's certificate")
      ->group(group);
  // No flag: other users of the machine can read a command line.
  if (const char* token = std::getenv("RUBRICATOR_TOKEN"); token != nullptr) {
    options.bearer_token = token;
  }
}

void AddInputFlags(CLI::App& command, Flags& flags) {
  command.add_option("--input-format", flags.input_format, "How the input is written")
      ->check(CLI::IsMember(NamesOf(kInputFormats)))
      ->capture_default_str();
  command.add_option("--language", flags.language,
                     "Language of the articles (BCP 47), where it is known");
  command.add_option("--display-language", flags.display_language,
                     "Language of topic and country names: ru or en (the article's)");
}

void AddOutputFlag(CLI::App& command, Flags& flags, const std::vector<std::string>& formats) {
  command.add_option("--format", flags.output_format, "What to print")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
}

CLI::App* AddClassify(CLI::App& app, Flags& flags) {
  CLI::App* command = app.add_subcommand("classify", "Topics, countries and desk of articles");
  command->add_option("FILE", flags.paths, "Text, HTML, JSON or JSON Lines; a folder; - is stdin")
      ->required();
  AddInputFlags(*command, flags);
  AddOutputFlag(*command, flags, NamesOf(kOutputFormats));
  command->add_flag("--evidence", flags.include_evidence,
                    "Show the words that spoke for each label");
  command->add_option("--max-evidence", flags.max_evidence, "Pieces of evidence for each topic (8)")
      ->check(CLI::Range(1, 50));
  return command;
}

CLI::App* AddRoute(CLI::App& app, Flags& flags) {
  CLI::App* command = app.add_subcommand("route", "What routing rules do with an article, and why");
  command->add_option("FILE", flags.paths, "The article; - is stdin")->required()->expected(1);
  command->add_option("--rules", flags.rules_path, "Routing file to try instead of the live one");
  AddInputFlags(*command, flags);
  AddOutputFlag(*command, flags, {"table", "json"});
  return command;
}

CLI::App* AddModels(CLI::App& app, Flags& flags) {
  CLI::App* command = app.add_subcommand("models", "The model bundles that the target has");
  AddOutputFlag(*command, flags, {"table", "json"});
  return command;
}

Connection ConnectionOf(const Flags& flags) {
  Connection connection = flags.connection;
  if (flags.timeout_seconds > 0) {
    const std::chrono::milliseconds timeout(std::llround(flags.timeout_seconds * 1000));
    connection.options.timeout = timeout;
    connection.options.idle_timeout = timeout;
  }
  return connection;
}

ClassifyArguments ClassifyArgumentsOf(const Flags& flags) {
  ClassifyArguments arguments;
  arguments.connection = ConnectionOf(flags);
  arguments.paths = flags.paths;
  arguments.input = {kInputFormats.at(flags.input_format), flags.language};
  arguments.output = kOutputFormats.at(flags.output_format);
  arguments.options.set_include_evidence(flags.include_evidence);
  arguments.options.set_max_evidence(flags.max_evidence);
  arguments.options.set_display_language(flags.display_language);
  return arguments;
}

RouteArguments RouteArgumentsOf(const Flags& flags) {
  return {.connection = ConnectionOf(flags),
          .path = flags.paths.front(),
          .rules_path = flags.rules_path,
          .input = {kInputFormats.at(flags.input_format), flags.language},
          .output = kOutputFormats.at(flags.output_format),
          .display_language = flags.display_language};
}

}  // namespace

std::variant<int, ClassifyArguments, RouteArguments, ModelsArguments> ReadArguments(int argc,
                                                                                    char** argv) {
  CLI::App app("Topics, countries and desks for news articles", "rubricator");
  app.set_version_flag("--version", RUBRICATOR_VERSION);
  app.footer(kExitCodeHelp);
  app.require_subcommand(1);
  app.fallthrough();
  Flags flags;
  AddConnectionFlags(app, flags);
  const CLI::App* classify = AddClassify(app, flags);
  const CLI::App* route = AddRoute(app, flags);
  AddModels(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kAllAnswered : kWrongUse;
  }
  if (classify->parsed()) return ClassifyArgumentsOf(flags);
  if (route->parsed()) return RouteArgumentsOf(flags);
  return ModelsArguments{ConnectionOf(flags), kOutputFormats.at(flags.output_format)};
}

}  // namespace rubricator::cli
