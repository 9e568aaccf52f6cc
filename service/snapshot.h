// A model bundle and the routing rules that were checked against it: all that an answer depends on.
#ifndef RUBRICATOR_SERVICE_SNAPSHOT_H_
#define RUBRICATOR_SERVICE_SNAPSHOT_H_

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "classifier/classifier.h"
#include "routing/rules.h"
#include "routing/vocabulary.h"

namespace rubricator {

// Where a snapshot is read from.
struct SnapshotSource {
  std::filesystem::path model_dir;          // of the bundle
  std::filesystem::path routing_file = {};  // empty: the built-in desks "news" and "review"
  ClassifierLimits limits = {};
};

// MODEL_CARD.md of the bundle in `folder`; empty if it has none.
std::string ReadModelCard(const std::filesystem::path& folder);

// Immutable after Load(); many threads may use one at once.
class Snapshot {
 public:
  // Errors: those of Classifier::Load and of RoutingRules::Load. Each names the file.
  static absl::StatusOr<std::shared_ptr<const Snapshot>> Load(const SnapshotSource& source);

  // The same model, shared, with the rules of another file. Errors: those of RoutingRules::Load.
  absl::StatusOr<std::shared_ptr<const Snapshot>> WithRouting(
      const std::filesystem::path& routing_file) const;

  const Classifier& classifier() const { return *classifier_; }
  const RoutingRules& routing() const { return routing_; }
  // What rules may name with this bundle.
  const RoutingVocabulary& vocabulary() const { return vocabulary_; }
  // MODEL_CARD.md of the bundle; empty if it has none.
  const std::string& model_card() const { return model_card_; }

 private:
  Snapshot(std::shared_ptr<const Classifier> classifier, RoutingVocabulary vocabulary,
           RoutingRules routing, std::string model_card);

  std::shared_ptr<const Classifier> classifier_;
  RoutingVocabulary vocabulary_;
  RoutingRules routing_;
  std::string model_card_;
};

// The snapshot that answers now. A call takes it once and keeps it until its answer is written, so
// that a swap never mixes two models in one answer. Thread-safe.
class LiveSnapshot {
 public:
  // Error: UNAVAILABLE until the first Set().
  absl::StatusOr<std::shared_ptr<const Snapshot>> Get() const;
  // Returns the one before, so that the caller frees it off the request path; null at first.
  std::shared_ptr<const Snapshot> Set(std::shared_ptr<const Snapshot> snapshot);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_SNAPSHOT_H_
