#include "server/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

using testing::HasSubstr;

class CommandLineTest : public testing::Test {
 protected:
  CommandLine Read(const std::vector<std::string>& arguments) {
    out_.str("");
    err_.str("");
    return ReadCommandLine(
        arguments,
        [this](const std::string& name) -> std::optional<std::string> {
          const auto it = environment_.find(name);
          return it == environment_.end() ? std::nullopt : std::optional(it->second);
        },
        out_, err_);
  }

  std::string WriteFile(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(testing::TempDir(), name, ".", getpid(), ".yaml");
    std::ofstream(path) << text;
    return path;
  }

  std::map<std::string, std::string> environment_;
  std::ostringstream out_, err_;
};

TEST_F(CommandLineTest, HasDefaults) {
  const CommandLine line = Read({});
  EXPECT_FALSE(line.exit_code.has_value());
  EXPECT_EQ(line.config.listen(), "127.0.0.1:50051");
  EXPECT_EQ(line.config.model_dir(), "models/default");
}

TEST_F(CommandLineTest, LetsFlagsWinOverEnvironmentAndThatOverTheFile) {
  const std::string file =
      WriteFile("order", "listen: 127.0.0.1:1\nmodel_dir: file\nrouting_file: file\n");
  environment_ = {{"RUBRICATOR_MODEL_DIR", "environment"},
                  {"RUBRICATOR_ROUTING_FILE", "environment"}};
  const CommandLine line = Read({"--config", file, "--routing-file=flag"});
  ASSERT_FALSE(line.exit_code.has_value()) << err_.str();
  EXPECT_EQ(line.config.listen(), "127.0.0.1:1");
  EXPECT_EQ(line.config.model_dir(), "environment");
  EXPECT_EQ(line.config.routing_file(), "flag");
}

TEST_F(CommandLineTest, FindsTheFileByTheEnvironmentToo) {
  environment_ = {{"RUBRICATOR_CONFIG", WriteFile("named", "model_dir: from file\n")}};
  EXPECT_EQ(Read({}).config.model_dir(), "from file");
}

TEST_F(CommandLineTest, ExplainsEverySettingInHelp) {
  EXPECT_EQ(Read({"--help"}).exit_code, kExitOk);
  for (const SettingName& setting : ListSettings(*server::Config::descriptor())) {
    EXPECT_THAT(out_.str(), HasSubstr(setting.flag));
    EXPECT_THAT(out_.str(), HasSubstr(setting.environment));
    EXPECT_THAT(out_.str(), HasSubstr(setting.help));
  }
  for (const char* text : {"--config", "--print-config", "--version", "Exit codes"}) {
    EXPECT_THAT(out_.str(), HasSubstr(text));
  }
}

TEST_F(CommandLineTest, PrintsTheSettingsInForce) {
  const CommandLine line = Read({"--print-config", "--listen", "[::1]:7"});
  EXPECT_EQ(line.exit_code, kExitOk);
  EXPECT_THAT(out_.str(), HasSubstr("[::1]:7"));
  EXPECT_THAT(out_.str(), HasSubstr("max_body_bytes: 1048576"));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(CommandLineTest, RefusesInOneLine) {
  struct Case {
    const char* name;
    std::vector<std::string> arguments;
    int want_code;
    const char* want_text;
  };
  const std::string bad_file = WriteFile("bad", "listen: a:1\nnonsense: 1\n");
  const std::string no_model = WriteFile("no_model", "model_dir: ''\n");
  const Case cases[] = {
      {"unknown flag", {"--nonsense"}, kExitUsage, "--nonsense"},
      {"stray word", {"start"}, kExitUsage, "start"},
      {"flag without value", {"--listen"}, kExitUsage, "--listen"},
      {"flag's value",
       {"--drain-seconds=soon"},
       kExitUsage,
       "--drain-seconds: 'soon' is no whole number"},
      {"file's key", {"--config", bad_file}, kExitConfig, ":2: nonsense: there is no such setting"},
      {"no file",
       {"--config", "/nonexistent.yaml"},
       kExitConfig,
       "/nonexistent.yaml: cannot be read"},
      {"a folder", {"--config", "/tmp"}, kExitConfig, "/tmp: is a folder"},
      {"address", {"--listen", "nowhere"}, kExitConfig, "listen: 'nowhere' is neither"},
      {"no model", {"--config", no_model}, kExitConfig, "model_dir: is empty"},
      {"limits",
       {"--limits-max-message-bytes=2048"},
       kExitConfig,
       "limits.max_message_bytes: 2048 has no room for limits.max_body_bytes, 1048576"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Read(c.arguments).exit_code, c.want_code);
    const std::string said = err_.str();
    EXPECT_THAT(said, HasSubstr(c.want_text));
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    EXPECT_EQ(out_.str(), "");
  }
}

TEST_F(CommandLineTest, IsDescribedInTheManual) {
  std::ifstream file(std::filesystem::path(RUBRICATOR_SOURCE_DIR) /
                     "docs/operations/configuration.md");
  const std::string manual{std::istreambuf_iterator<char>(file), {}};
  for (const SettingName& setting : ListSettings(*server::Config::descriptor())) {
    SCOPED_TRACE(setting.path);
    EXPECT_THAT(manual, HasSubstr("`" + setting.path + "`"));
    EXPECT_THAT(manual, HasSubstr("`" + setting.flag + "`"));
    EXPECT_THAT(manual, HasSubstr("`" + setting.environment + "`"));
    if (!setting.default_value.empty()) {
      EXPECT_THAT(manual, HasSubstr("`" + setting.default_value + "`"));
    }
  }
}

}  // namespace
}  // namespace rubricator
