#include "server/config_binder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "server/config.pb.h"

namespace rubricator {
namespace {

using server::Config;

absl::Status Bind(const std::string& yaml, Config& config) {
  return BindYaml(yaml, "server.yaml", config);
}

TEST(ConfigBinderTest, ReadsEveryKindOfSetting) {
  Config config;
  const absl::Status status = Bind(R"yaml(
# an address
listen: "[::1]:50052"
drain_seconds: 0
limits:
  max_body_bytes: 2048
log:
  level: warn
workers:
)yaml",
                                   config);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(config.listen(), "[::1]:50052");
  EXPECT_EQ(config.drain_seconds(), 0U);
  EXPECT_EQ(config.limits().max_body_bytes(), 2048U);
  EXPECT_EQ(config.limits().max_title_bytes(), 4096U);  // its default
  EXPECT_EQ(config.log().level(), server::WARN);
}

TEST(ConfigBinderTest, ReadsAList) {
  Config config;
  for (const char* yaml : {"http:\n  allowed_origins:\n  - https://a\n  - https://b\n",
                           "http: {allowed_origins: [https://a, https://b]}",
                           "http: {allowed_origins: \"https://a, https://b,\"}"}) {
    ASSERT_TRUE(Bind(yaml, config).ok()) << yaml;
    EXPECT_THAT(config.http().allowed_origins(), testing::ElementsAre("https://a", "https://b"));
  }
  ASSERT_TRUE(
      BindValue("http.allowed_origins", "https://c", "--http-allowed-origins", config).ok());
  EXPECT_THAT(config.http().allowed_origins(), testing::ElementsAre("https://c"));
  Config again;
  ASSERT_TRUE(Bind(WriteYaml(config), again).ok()) << WriteYaml(config);
  EXPECT_THAT(again.http().allowed_origins(), testing::ElementsAre("https://c"));
}

TEST(ConfigBinderTest, TakesAFileThatSaysNothing) {
  for (const char* yaml : {"", "\n\n", "# listen: nowhere\n  # nor here\n"}) {
    Config config;
    EXPECT_TRUE(Bind(yaml, config).ok()) << yaml;
    EXPECT_EQ(config.listen(), "127.0.0.1:50051");
  }
}

TEST(ConfigBinderTest, SaysFileLineAndFieldOfEachError) {
  struct Case {
    const char* name;
    const char* yaml;
    const char* want;  // regular expression
  };
  const Case cases[] = {
      {"unknown key", "listen: a:1\nlisten_on: b:2\n",
       "server.yaml:2: listen_on: there is no such "},
      {"near miss", "lsiten: a:1\n", "server.yaml:1: lsiten: .*did you mean 'listen'"},
      {"unknown nested key", "limits:\n  max_body: 1\n",
       "server.yaml:2: limits.max_body: there is no such setting"},
      {"no number", "limits:\n  max_body_bytes: 1 MiB\n",
       "server.yaml:2: limits.max_body_bytes: '1 MiB' is no whole number"},
      {"negative", "drain_seconds: -1\n", "server.yaml:1: drain_seconds: '-1' is no whole number"},
      {"too great", "drain_seconds: 3601\n",
       "server.yaml:1: drain_seconds: 3601 is out of range; 0 to 3600"},
      {"too small", "limits: {max_body_bytes: 0}\n",
       "server.yaml:1: limits.max_body_bytes: 0 is out of range; 1 to 67108864"},
      {"past 64 bits", "drain_seconds: 99999999999999999999\n",
       "server.yaml:1: drain_seconds: 99999999999999999999 is out of range"},
      {"no such word", "log: {level: loud}\n",
       "server.yaml:1: log.level: 'loud' is none of debug|info|warn|error|off"},
      {"capitals", "log: {level: WARN}\n", "server.yaml:1: log.level: 'WARN' is none of"},
      {"list for a value", "listen: [a, b]\n", "server.yaml:1: listen: is to be a single value"},
      {"value for a group", "\nlimits: 5\n", "server.yaml:2: limits: is to hold settings"},
      {"list of lists", "http: {allowed_origins: [[a]]}\n",
       "server.yaml:1: http.allowed_origins: is to be a list of single values"},
      {"no map", "- a\n- b\n", "server.yaml:1: is to be a map of settings"},
      {"key twice", "listen: a:1\nlisten: b:2\n", "server.yaml:2: .*twice"},
      {"no YAML", "listen: [a\n", "server.yaml:[0-9]+: "},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    Config config;
    const absl::Status status = Bind(c.yaml, config);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), testing::ContainsRegex(c.want));
    EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
  }
}

TEST(ConfigBinderTest, ReadsTheEnvironment) {
  const std::map<std::string, std::string> variables = {
      {"RUBRICATOR_LISTEN", "unix:/tmp/r"},
      {"RUBRICATOR_LIMITS_MAX_BODY_BYTES", "4096"},
      {"RUBRICATOR_LOG_LEVEL", ""},
      {"RUBRICATOR_TARGET", "for another program"}};
  const auto lookup = [&](const std::string& name) -> std::optional<std::string> {
    const auto it = variables.find(name);
    return it == variables.end() ? std::nullopt : std::optional(it->second);
  };
  Config config;
  ASSERT_TRUE(BindEnvironment(lookup, config).ok());
  EXPECT_EQ(config.listen(), "unix:/tmp/r");
  EXPECT_EQ(config.limits().max_body_bytes(), 4096U);
  EXPECT_FALSE(config.log().has_level());
}

TEST(ConfigBinderTest, NamesTheVariableOfAnError) {
  const auto lookup = [](const std::string& name) -> std::optional<std::string> {
    return name == "RUBRICATOR_WORKERS_THREADS" ? std::optional<std::string>("many") : std::nullopt;
  };
  Config config;
  EXPECT_EQ(BindEnvironment(lookup, config).message(),
            "RUBRICATOR_WORKERS_THREADS: 'many' is no whole number");
}

TEST(ConfigBinderTest, ListsEverySettingWithHelpTypeAndDefault) {
  const std::vector<SettingName> settings = ListSettings(*Config::descriptor());
  for (const SettingName& setting : settings) EXPECT_NE(setting.help, "") << setting.path;
  const auto body = std::find_if(settings.begin(), settings.end(), [](const SettingName& setting) {
    return setting.path == "limits.max_body_bytes";
  });
  ASSERT_NE(body, settings.end());
  EXPECT_EQ(body->flag, "--limits-max-body-bytes");
  EXPECT_EQ(body->environment, "RUBRICATOR_LIMITS_MAX_BODY_BYTES");
  EXPECT_EQ(body->type, "NUMBER");
  EXPECT_EQ(body->default_value, "1048576");
}

TEST(ConfigBinderTest, WritesYamlThatItReadsBack) {
  Config config;
  config.set_listen("[::1]:1");
  config.set_routing_file("a: #b");
  config.mutable_log()->set_level(server::OFF);
  const std::string yaml = WriteYaml(config);
  Config again;
  ASSERT_TRUE(Bind(yaml, again).ok()) << yaml;
  EXPECT_EQ(WriteYaml(again), yaml);
  EXPECT_EQ(again.routing_file(), "a: #b");
  EXPECT_EQ(again.log().level(), server::OFF);
}

}  // namespace
}  // namespace rubricator
