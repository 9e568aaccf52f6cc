// The store of corrections that the settings ask for.
#ifndef RUBRICATOR_SERVER_CORRECTION_SETTINGS_H_
#define RUBRICATOR_SERVER_CORRECTION_SETTINGS_H_

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "corrections/correction_database.h"
#include "server/config.pb.h"

namespace rubricator {

// None: corrections.store is "none". Errors: INVALID_ARGUMENT "corrections.store: …".
absl::StatusOr<std::optional<CorrectionDatabaseOptions>> ReadCorrectionSettings(
    const server::Config& config);

// The same, opened; null for none. Nothing is read or made yet.
absl::StatusOr<std::unique_ptr<CorrectionDatabase>> OpenCorrections(const server::Config& config);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_CORRECTION_SETTINGS_H_
