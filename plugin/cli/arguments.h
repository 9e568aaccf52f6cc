// The command line, read.
#ifndef RUBRICATOR_PLUGIN_CLI_ARGUMENTS_H_
#define RUBRICATOR_PLUGIN_CLI_ARGUMENTS_H_

#include <string>
#include <variant>
#include <vector>

#include "plugin/cli/article_reader.h"
#include "plugin/cpp/client_options.h"
#include "rubricator/v1/classification_service.pb.h"

namespace rubricator::cli {

enum class OutputFormat { kTable, kJson, kJsonLines, kLabels };

// What every command needs to reach its answers.
struct Connection {
  std::string target;
  ClientOptions options;
};

struct ClassifyArguments {
  Connection connection;
  std::vector<std::string> paths;
  ArticleReader::Options input;
  OutputFormat output = OutputFormat::kTable;
  v1::ClassifyOptions options;
};

struct RouteArguments {
  Connection connection;
  std::string path;
  std::string rules_path;  // empty: the server's own rules
  ArticleReader::Options input;
  OutputFormat output = OutputFormat::kTable;  // kTable or kJson
  std::string display_language;
};

struct ModelsArguments {
  Connection connection;
  OutputFormat output = OutputFormat::kTable;  // kTable or kJson
};

// Reads argv and the environment (RUBRICATOR_TARGET, RUBRICATOR_TOKEN). Where there is nothing to
// run (--help,
// --version, wrong use), has printed and gives the exit code instead.
std::variant<int, ClassifyArguments, RouteArguments, ModelsArguments> ReadArguments(int argc,
                                                                                    char** argv);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_ARGUMENTS_H_
