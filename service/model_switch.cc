#include "service/model_switch.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "service/active_model_file.h"

namespace rubricator {
namespace {

const std::string& VersionOf(const Snapshot& snapshot) {
  return snapshot.classifier().manifest().version;
}

// Whatever keeps a bundle from being proven, but a damaged or missing file, is a matter of how it
// was made; a routing file that does not fit it is a matter of setting up.
absl::Status AsRefusal(const absl::Status& status) {
  if (absl::IsDataLoss(status)) return status;
  return absl::FailedPreconditionError(std::string(status.message()));
}

}  // namespace

ModelSwitch::ModelSwitch(LiveSnapshot& live, ModelSwitchOptions options)
    : live_(live),
      options_(std::move(options)),
      catalog_(options_.root, options_.model_dir),
      routing_file_(options_.routing_file) {}

absl::StatusOr<Activation> ModelSwitch::Begin() {
  if (!options_.root.empty()) {
    std::vector<std::string> versions{ReadActiveModel(options_.active_file)};
    for (const CatalogEntry& entry : catalog_.List()) {
      if (entry.in_root) versions.push_back(entry.version);
    }
    for (const std::string& version : versions) {
      if (version.empty()) continue;
      absl::StatusOr<Activation> activation = Attempt(version, /*remember=*/false);
      if (activation.ok()) return activation;
    }
  }
  // Told as it is: at the start the operator wants the file's own error.
  const std::lock_guard lock(switching_);
  ASSIGN_OR_RETURN(auto snapshot, Snapshot::Load({.model_dir = options_.model_dir,
                                                  .routing_file = routing_file_,
                                                  .limits = options_.limits}));
  const std::string version = VersionOf(*snapshot);
  live_.Set(reaper_.Own(std::move(snapshot)));
  return Activation{.version = version};
}

absl::StatusOr<Activation> ModelSwitch::Activate(const std::string& version) {
  return Attempt(version, /*remember=*/true);
}

absl::StatusOr<Activation> ModelSwitch::Attempt(const std::string& version, bool remember) {
  absl::StatusOr<Activation> activation = [&] {
    const std::lock_guard lock(switching_);
    return TryActivate(version, remember);
  }();
  if (options_.on_attempt) options_.on_attempt(version, activation);
  return activation;
}

absl::StatusOr<Activation> ModelSwitch::TryActivate(const std::string& version, bool remember) {
  const auto begun = std::chrono::steady_clock::now();
  Activation activation{.version = version};
  std::shared_ptr<const Snapshot> next = FromMemory(version);
  activation.from_memory = next != nullptr;
  if (next == nullptr) {
    ASSIGN_OR_RETURN(const CatalogEntry entry, catalog_.Find(version));
    absl::StatusOr<std::shared_ptr<const Snapshot>> loaded = Load(entry);
    const std::lock_guard lock(refusals_mutex_);
    if (!loaded.ok()) {
      refusals_[version] = {entry.manifest.ok() ? entry.manifest->digest : "",
                            std::string(loaded.status().message())};
      return loaded.status();
    }
    refusals_.erase(version);
    next = *std::move(loaded);
    const ModelManifest& manifest = next->classifier().manifest();
    activation.verified_files = manifest.files.size();
    activation.smoke_articles = manifest.smoke_articles.size();
    activation.load_time = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begun);
  }
  std::shared_ptr<const Snapshot> before = live_.Set(next);
  if (before != nullptr) activation.previous_version = VersionOf(*before);
  if (before != next) previous_ = std::move(before);
  if (remember) activation.remembered = WriteActiveModel(options_.active_file, version);
  return activation;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> ModelSwitch::Load(const CatalogEntry& entry) const {
  if (!entry.manifest.ok()) return AsRefusal(entry.manifest.status());
  absl::StatusOr<std::shared_ptr<const Snapshot>> snapshot = Snapshot::Load(
      {.model_dir = entry.folder, .routing_file = routing_file_, .limits = options_.limits});
  if (!snapshot.ok()) return AsRefusal(snapshot.status());
  return reaper_.Own(*std::move(snapshot));
}

// The live one or the one before, unless another bundle of that version lies on the disk now.
std::shared_ptr<const Snapshot> ModelSwitch::FromMemory(const std::string& version) const {
  const absl::StatusOr<std::shared_ptr<const Snapshot>> live = live_.Get();
  for (const std::shared_ptr<const Snapshot>& snapshot : {live.value_or(nullptr), previous_}) {
    if (snapshot == nullptr || VersionOf(*snapshot) != version) continue;
    const absl::StatusOr<CatalogEntry> entry = catalog_.Find(version);
    const bool changed = entry.ok() && entry->manifest.ok() &&
                         entry->manifest->digest != snapshot->classifier().manifest().digest;
    if (!changed) return snapshot;
  }
  return nullptr;
}

absl::Status ModelSwitch::ActivateNewer() {
  const absl::StatusOr<std::shared_ptr<const Snapshot>> live = live_.Get();
  for (const CatalogEntry& entry : catalog_.List()) {
    if (live.ok() && !OlderVersion(VersionOf(**live), entry.version)) break;
    if (entry.in_root && ProblemOf(entry).empty()) return Activate(entry.version).status();
  }
  return absl::OkStatus();
}

absl::Status ModelSwitch::ReloadRouting(const std::filesystem::path& routing_file) {
  const std::lock_guard lock(switching_);
  ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> live, live_.Get());
  ASSIGN_OR_RETURN(std::shared_ptr<const Snapshot> next, live->WithRouting(routing_file));
  if (previous_ != nullptr) {
    // Rules that do not fit the one before only mean that it must be loaded to go back to it.
    absl::StatusOr<std::shared_ptr<const Snapshot>> previous = previous_->WithRouting(routing_file);
    previous_ = previous.ok() ? reaper_.Own(*std::move(previous)) : nullptr;
  }
  live_.Set(reaper_.Own(std::move(next)));
  routing_file_ = routing_file;
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Snapshot>> ModelSwitch::LoadBeside(
    const std::string& version) {
  const std::lock_guard lock(switching_);
  if (std::shared_ptr<const Snapshot> held = FromMemory(version)) return held;
  ASSIGN_OR_RETURN(const CatalogEntry entry, catalog_.Find(version));
  return Load(entry);
}

std::string ModelSwitch::ProblemOf(const CatalogEntry& entry) const {
  if (!entry.manifest.ok()) return std::string(entry.manifest.status().message());
  const std::lock_guard lock(refusals_mutex_);
  const auto refusal = refusals_.find(entry.version);
  const bool same = refusal != refusals_.end() && refusal->second.digest == entry.manifest->digest;
  return same ? refusal->second.problem : "";
}

std::vector<ModelStanding> ModelSwitch::List() const {
  const absl::StatusOr<std::shared_ptr<const Snapshot>> live = live_.Get();
  const ModelManifest* const manifest = live.ok() ? &(*live)->classifier().manifest() : nullptr;
  std::vector<ModelStanding> standings;
  bool has_live = false;
  for (CatalogEntry& entry : catalog_.List()) {
    const bool active = manifest != nullptr && entry.version == manifest->version;
    has_live |= active;
    // What answers is described as it answers, whatever lies in its folder by now.
    if (active) entry.manifest = *manifest;
    const std::string problem = active ? "" : ProblemOf(entry);
    standings.push_back({std::move(entry), active, problem});
  }
  if (manifest != nullptr && !has_live) {
    const auto place = std::find_if(standings.begin(), standings.end(), [&](const auto& standing) {
      return OlderVersion(standing.entry.version, manifest->version);
    });
    standings.insert(place, {CatalogEntry{manifest->version, {}, *manifest}, true, ""});
  }
  return standings;
}

}  // namespace rubricator
