// An article in, an analysis out: the whole pipeline over one model bundle.
#ifndef RUBRICATOR_CLASSIFIER_CLASSIFIER_H_
#define RUBRICATOR_CLASSIFIER_CLASSIFIER_H_

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "classifier/analysis.h"
#include "classifier/article.h"
#include "classifier/model_manifest.h"
#include "classifier/region_taxonomy.h"

namespace rubricator {

class PooledScores;

struct ClassifierLimits {
  size_t max_title_bytes = 4096;
  size_t max_body_bytes = 1 << 20;
};

struct AnalysisOptions {
  bool include_evidence = false;
  size_t max_evidence = 8;  // pieces for each topic, 1..50
};

// A loaded model bundle. Immutable after Load(); const methods may run on many threads at once.
class Classifier {
 public:
  // Loads the bundle in `folder`. No file is parsed before its digest was checked. Errors:
  // NOT_FOUND a file is missing; DATA_LOSS a digest differs; INVALID_ARGUMENT bad manifest;
  // FAILED_PRECONDITION wrong version, or a smoke article is answered otherwise than when the
  // bundle was made. Each names the file.
  static absl::StatusOr<std::unique_ptr<Classifier>> Load(const std::filesystem::path& folder,
                                                          const ClassifierLimits& limits = {});
  ~Classifier();

  // Errors: INVALID_ARGUMENT for a blank article, a field over its limit, or HTML nested too deep.
  // The message begins with the field: "article.body: …". Never fails for odd text.
  absl::StatusOr<Analysis> Classify(const Article& article, const AnalysisOptions& options) const;

  const ModelManifest& manifest() const;
  const RegionTaxonomy& region_taxonomy() const;
  const ClassifierLimits& limits() const;

 private:
  struct Parts;
  explicit Classifier(std::unique_ptr<const Parts> parts);
  absl::StatusOr<Analysis> ClassifyWithin(const ClassifierLimits& limits, const Article& article,
                                          const AnalysisOptions& options) const;
  // Answers the manifest's smoke articles, whatever the limits are for others, and compares.
  absl::Status Prove() const;
  void DecideTopics(const PooledScores& pooled, Analysis& analysis) const;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_CLASSIFIER_H_
