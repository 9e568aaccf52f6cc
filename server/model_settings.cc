#include "server/model_settings.h"

#include <filesystem>
#include <string>

namespace rubricator {
namespace {

constexpr char kActiveFile[] = "active-model";

void TellAttempt(JsonLog& log, const std::string& version,
                 const absl::StatusOr<Activation>& attempt) {
  if (!attempt.ok()) {
    log.Event(spdlog::level::err, "model_refused",
              {{"model_version", version}, {"message", std::string(attempt.status().message())}});
    return;
  }
  log.Event(spdlog::level::info, "model_activated",
            {{"model_version", version},
             {"previous_version", attempt->previous_version},
             {"from_memory", attempt->from_memory},
             {"load_ms", attempt->load_time.count()}});
  if (!attempt->remembered.ok()) {
    log.Event(
        spdlog::level::warn, "model_not_remembered",
        {{"model_version", version}, {"message", std::string(attempt->remembered.message())}});
  }
}

}  // namespace

ModelSwitchOptions ReadModelSettings(const server::Config& config, JsonLog& log) {
  const std::string& root = config.models().root();
  const auto active_file = std::filesystem::path(config.data_dir()) / kActiveFile;
  return {
      .root = root,
      .model_dir = config.model_dir(),
      .routing_file = config.routing_file(),
      .active_file = root.empty() ? std::filesystem::path() : active_file,
      .limits = {.max_title_bytes = config.limits().max_title_bytes(),
                 .max_body_bytes = config.limits().max_body_bytes()},
      .on_attempt = [&log](const std::string& version, const absl::StatusOr<Activation>& attempt) {
        TellAttempt(log, version, attempt);
      }};
}

}  // namespace rubricator
