#include "server/correction_settings.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr char kNone[] = "none";
constexpr char kFileName[] = "corrections.db";

std::string StoreUrl(const server::Config& config) {
  if (!config.corrections().store().empty()) return config.corrections().store();
  return "sqlite:" + (std::filesystem::path(config.data_dir()) / kFileName).string();
}

}  // namespace

absl::StatusOr<std::optional<CorrectionDatabaseOptions>> ReadCorrectionSettings(
    const server::Config& config) {
  const std::string url = StoreUrl(config);
  if (url == kNone) return std::nullopt;
  absl::StatusOr<StoreLocation> location = StoreLocation::Parse(url);
  if (!location.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("corrections.store: ", location.status().message()));
  }
  return CorrectionDatabaseOptions{
      .location = *std::move(location),
      .keep_for = std::chrono::days(config.corrections().retention_days())};
}

absl::StatusOr<std::unique_ptr<CorrectionDatabase>> OpenCorrections(const server::Config& config) {
  ASSIGN_OR_RETURN(std::optional<CorrectionDatabaseOptions> options,
                   ReadCorrectionSettings(config));
  if (!options.has_value()) return nullptr;
  return std::make_unique<CorrectionDatabase>(*std::move(options));
}

}  // namespace rubricator
