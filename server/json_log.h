// One JSON object a line.
#ifndef RUBRICATOR_SERVER_JSON_LOG_H_
#define RUBRICATOR_SERVER_JSON_LOG_H_

#include <spdlog/async_logger.h>
#include <spdlog/common.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "nlohmann/json.hpp"
#include "server/config.pb.h"
#include "service/call_context.h"

namespace rubricator {

// What the log says of one call. Never article text, nor the caller's address.
struct CallLine {
  std::string_view method;     // "rubricator.v1.ModelService/GetModel"
  std::string_view code;       // "OK", "INVALID_ARGUMENT"
  std::string_view message;    // of an error; empty for OK
  std::string_view transport;  // "grpc", "http"
  std::string_view peer_kind;  // "ipv4", "ipv6", "unix"
  std::string_view token_name =
      {};  // of the token that the caller showed; empty: none was asked for
  std::chrono::microseconds duration{0};
  size_t request_bytes = 0;
  size_t response_bytes = 0;
  const CallRecord& record;
};

// Thread-safe. Lines are written by a thread of their own: a reader that stalls stops no call; when
// it is 8,192 lines behind, the oldest are dropped.
class JsonLog {
 public:
  // Writes to standard error.
  explicit JsonLog(server::LogLevel level);
  JsonLog(server::LogLevel level, spdlog::sink_ptr sink);
  // Writes what waits.
  ~JsonLog();
  JsonLog(const JsonLog&) = delete;
  JsonLog& operator=(const JsonLog&) = delete;

  // Lines that are written already stay.
  void SetLevel(server::LogLevel level);

  // {"time": "2026-11-22T09:40:01.123Z", "level": "info", "event": event, …fields}. Bytes that are
  // not UTF-8 become U+FFFD.
  void Event(spdlog::level::level_enum level, std::string_view event,
             const nlohmann::ordered_json& fields = nlohmann::ordered_json::object());

  // Event "call" at level info; error for INTERNAL, UNKNOWN and DATA_LOSS.
  void Call(const CallLine& line);

 private:
  std::shared_ptr<spdlog::details::thread_pool> writer_;
  std::shared_ptr<spdlog::async_logger> logger_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_JSON_LOG_H_
