#include "server/json_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>
#include <string>

namespace rubricator {
namespace {

// What a log with this level wrote during `use`.
template <typename Use>
std::vector<nlohmann::json> Written(server::LogLevel level, Use use) {
  std::ostringstream out;
  {
    JsonLog log(level, std::make_shared<spdlog::sinks::ostream_sink_mt>(out));
    use(log);
  }
  std::vector<nlohmann::json> lines;
  std::istringstream in(out.str());
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

CallLine LineOf(std::string_view code, const CallRecord& record) {
  return {.method = "rubricator.v1.ModelService/GetModel",
          .code = code,
          .message = {},
          .transport = "grpc",
          .peer_kind = "ipv4",
          .duration = std::chrono::microseconds(1234),
          .request_bytes = 10,
          .response_bytes = 20,
          .record = record};
}

TEST(JsonLogTest, WritesOneObjectForACall) {
  CallRecord record;
  record.article_id = "a\n\xff";
  record.model_version = "2026-11-22.1";
  record.outcomes["CLASSIFIED"] = 1;
  record.languages["ru"] = 1;
  record.articles = 1;
  const auto lines = Written(server::INFO, [&](JsonLog& log) { log.Call(LineOf("OK", record)); });
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0]["time"].get<std::string>(),
              testing::MatchesRegex("20..-..-..T..:..:..\\....Z"));
  EXPECT_EQ(lines[0]["level"], "info");
  EXPECT_EQ(lines[0]["event"], "call");
  EXPECT_EQ(lines[0]["method"], "rubricator.v1.ModelService/GetModel");
  EXPECT_EQ(lines[0]["code"], "OK");
  EXPECT_EQ(lines[0]["duration_us"], 1234);
  EXPECT_EQ(lines[0]["request_bytes"], 10);
  EXPECT_EQ(lines[0]["response_bytes"], 20);
  EXPECT_EQ(lines[0]["peer_kind"], "ipv4");
  EXPECT_EQ(lines[0]["article_id"], "a\n\xEF\xBF\xBD");
  EXPECT_EQ(lines[0]["articles"], 1);
  EXPECT_EQ(lines[0]["failed_articles"], 0);
  EXPECT_EQ(lines[0]["outcomes"]["CLASSIFIED"], 1);
  EXPECT_EQ(lines[0]["languages"]["ru"], 1);
  EXPECT_EQ(lines[0]["model_version"], "2026-11-22.1");
}

TEST(JsonLogTest, LeavesOutWhatACallHasNot) {
  const auto lines =
      Written(server::INFO, [](JsonLog& log) { log.Call(LineOf("OK", CallRecord{})); });
  for (const char* key : {"message", "article_id", "articles", "outcomes", "model_version"}) {
    EXPECT_FALSE(lines.at(0).contains(key)) << key;
  }
}

TEST(JsonLogTest, CallsOnlyOurFaultsErrors) {
  const auto lines = Written(server::ERROR, [](JsonLog& log) {
    for (const char* code : {"OK", "INVALID_ARGUMENT", "INTERNAL", "DATA_LOSS"}) {
      log.Call(LineOf(code, CallRecord{}));
    }
  });
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["code"], "INTERNAL");
  EXPECT_EQ(lines[1]["code"], "DATA_LOSS");
}

TEST(JsonLogTest, WritesNothingWhenOff) {
  const auto lines = Written(server::OFF, [](JsonLog& log) {
    log.Event(spdlog::level::err, "worst", {{"message", "of all"}});
  });
  EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace rubricator
