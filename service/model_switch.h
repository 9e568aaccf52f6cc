// Switches between model bundles while calls are answered.
#ifndef RUBRICATOR_SERVICE_MODEL_SWITCH_H_
#define RUBRICATOR_SERVICE_MODEL_SWITCH_H_

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "classifier/classifier.h"
#include "service/model_catalog.h"
#include "service/snapshot.h"
#include "service/snapshot_reaper.h"

namespace rubricator {

// What was done to switch.
struct Activation {
  std::string version = {};           // answers from now on
  std::string previous_version = {};  // answered before; empty at first
  bool from_memory = false;           // it was live, or the one before: nothing was read
  size_t verified_files = 0;
  size_t smoke_articles = 0;
  std::chrono::milliseconds load_time{0};
  absl::Status remembered = {};  // whether a restart will begin with it
};

struct ModelSwitchOptions {
  std::filesystem::path root = {};          // folder of bundles; may be empty
  std::filesystem::path model_dir = {};     // a bundle elsewhere; may be empty
  std::filesystem::path routing_file = {};  // as SnapshotSource has it
  std::filesystem::path active_file = {};   // remembers the version across restarts; empty: none
  ClassifierLimits limits = {};
  // Told of each attempt, on the thread that made it.
  std::function<void(const std::string& version, const absl::StatusOr<Activation>&)> on_attempt =
      nullptr;
};

// A bundle on disk and where it stands.
struct ModelStanding {
  CatalogEntry entry;
  bool active = false;
  std::string problem;  // why it was refused; empty if it was not
};

// Thread-safe. Switches wait for each other, never a call for a switch.
class ModelSwitch {
 public:
  // `live` is borrowed.
  ModelSwitch(LiveSnapshot& live, ModelSwitchOptions options);

  // Activates what a server begins with: the version that was remembered; else the newest in
  // `root` that is not refused (and is not remembered: the next start looks anew); else
  // `model_dir`. Error: that of the last one tried.
  absl::StatusOr<Activation> Begin();

  // Loads `version` beside the live one (Snapshot::Load verifies and proves it), then switches by
  // one pointer. The one before stays in memory, and going back to it reads nothing. Errors:
  // NOT_FOUND no such version; DATA_LOSS a digest differs; FAILED_PRECONDITION anything else is
  // wrong with it, or the routing file does not fit it. Then the live one stays.
  absl::StatusOr<Activation> Activate(const std::string& version);

  // Activates the newest version in `root` that was not refused as it is, if it is newer than the
  // live one. OK if there is none.
  absl::Status ActivateNewer();

  // Reads `routing_file` for the live model and for the one before. Errors: those of
  // RoutingRules::Load, UNAVAILABLE before Begin(); then the old rules stay.
  absl::Status ReloadRouting(const std::filesystem::path& routing_file);

  // Loads `version` without switching to it. Errors: as Activate.
  absl::StatusOr<std::shared_ptr<const Snapshot>> LoadBeside(const std::string& version);

  // Every bundle on disk, newest first, and the live one even if its folder has gone.
  std::vector<ModelStanding> List() const;

 private:
  struct Refusal {
    std::string digest;  // of the manifest then
    std::string problem;
  };

  absl::StatusOr<Activation> Attempt(const std::string& version, bool remember);
  absl::StatusOr<Activation> TryActivate(const std::string& version, bool remember);
  absl::StatusOr<std::shared_ptr<const Snapshot>> Load(const CatalogEntry& entry) const;
  std::shared_ptr<const Snapshot> FromMemory(const std::string& version) const;
  std::string ProblemOf(const CatalogEntry& entry) const;

  LiveSnapshot& live_;
  const ModelSwitchOptions options_;
  const ModelCatalog catalog_;
  mutable SnapshotReaper reaper_;  // thread-safe

  mutable std::mutex switching_;  // held through a whole switch
  std::filesystem::path routing_file_;
  std::shared_ptr<const Snapshot> previous_;

  mutable std::mutex refusals_mutex_;
  std::map<std::string, Refusal> refusals_;  // by version
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_MODEL_SWITCH_H_
