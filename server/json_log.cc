#include "server/json_log.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <ctime>
#include <utility>

#include "absl/strings/str_format.h"

namespace rubricator {
namespace {

constexpr size_t kQueuedLines = 8192;

spdlog::level::level_enum ToSpdlog(server::LogLevel level) {
  switch (level) {
    case server::DEBUG:
      return spdlog::level::debug;
    case server::INFO:
      return spdlog::level::info;
    case server::WARN:
      return spdlog::level::warn;
    case server::ERROR:
      return spdlog::level::err;
    case server::OFF:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

std::string_view LevelName(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::debug:
      return "debug";
    case spdlog::level::warn:
      return "warn";
    case spdlog::level::err:
      return "error";
    default:
      return "info";
  }
}

// RFC 3339 in UTC, milliseconds.
std::string Timestamp(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  const auto since_epoch = time.time_since_epoch();
  const auto millis =
      std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count() % 1000;
  std::tm utc = {};
  gmtime_r(&seconds, &utc);
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900, utc.tm_mon + 1,
                         utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, millis);
}

bool IsOurFault(std::string_view code) {
  return code == "INTERNAL" || code == "UNKNOWN" || code == "DATA_LOSS";
}

}  // namespace

JsonLog::JsonLog(server::LogLevel level)
    : JsonLog(level, std::make_shared<spdlog::sinks::stderr_sink_mt>()) {}

JsonLog::JsonLog(server::LogLevel level, spdlog::sink_ptr sink)
    : writer_(std::make_shared<spdlog::details::thread_pool>(kQueuedLines, 1)),
      logger_(std::make_shared<spdlog::async_logger>(
          "rubricator", std::move(sink), writer_, spdlog::async_overflow_policy::overrun_oldest)) {
  logger_->set_pattern("%v");
  logger_->set_level(ToSpdlog(level));
  logger_->flush_on(spdlog::level::warn);
}

void JsonLog::SetLevel(server::LogLevel level) { logger_->set_level(ToSpdlog(level)); }

JsonLog::~JsonLog() { logger_->flush(); }

void JsonLog::Event(spdlog::level::level_enum level, std::string_view event,
                    const nlohmann::ordered_json& fields) {
  if (!logger_->should_log(level)) return;
  nlohmann::ordered_json line;
  line["time"] = Timestamp(std::chrono::system_clock::now());
  line["level"] = LevelName(level);
  line["event"] = event;
  line.update(fields);
  logger_->log(level, line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void JsonLog::Call(const CallLine& line) {
  const auto level = IsOurFault(line.code) ? spdlog::level::err : spdlog::level::info;
  if (!logger_->should_log(level)) return;
  nlohmann::ordered_json fields;
  fields["method"] = line.method;
  fields["code"] = line.code;
  if (!line.message.empty()) fields["message"] = line.message;
  fields["duration_us"] = line.duration.count();
  fields["request_bytes"] = line.request_bytes;
  fields["response_bytes"] = line.response_bytes;
  fields["transport"] = line.transport;
  fields["peer_kind"] = line.peer_kind;
  if (!line.token_name.empty()) fields["token"] = line.token_name;
  const CallRecord& record = line.record;
  if (!record.article_id.empty()) fields["article_id"] = record.article_id;
  if (record.articles > 0) {
    fields["articles"] = record.articles;
    fields["failed_articles"] = record.failed_articles;
    fields["outcomes"] = record.outcomes;
    fields["languages"] = record.languages;
  }
  if (!record.model_version.empty()) fields["model_version"] = record.model_version;
  Event(level, "call", fields);
}

}  // namespace rubricator
