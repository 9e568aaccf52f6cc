// manifest.json: what a model bundle holds, and by what its answers are decided.
#ifndef RUBRICATOR_CLASSIFIER_MODEL_MANIFEST_H_
#define RUBRICATOR_CLASSIFIER_MODEL_MANIFEST_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/pooling_rule.h"

namespace rubricator {

// The only manifest layout that this build reads.
inline constexpr int kBundleFormatVersion = 1;

// One topic of the taxonomy, and by what it is decided: confidence = sigmoid(bias + Σ weight ·
// pooled feature).
struct TopicLabel {
  std::string id;                            // "foreign_policy"
  std::vector<std::string> media_topics;     // IPTC codes, closest first; may be empty
  std::map<std::string, std::string> names;  // display name by BCP 47 primary tag; "en" always
  double threshold = 0.5;                    // least confidence at which the label is given, [0, 1]
  double bias = 0.0;
  // pooling.WeightCount(topics) of them; cross features are in the order of the model's labels.
  std::vector<double> weights;
};

struct BundleFile {
  std::string sha256;  // 64 lower-case hex digits
  uint64_t bytes = 0;
};

// A text that the bundle must still answer as it did when it was made; checked before a bundle goes
// live.
struct SmokeArticle {
  std::string title;
  std::string body;
  std::vector<std::string> topics;   // decided ids, sorted
  std::vector<std::string> regions;  // focus codes, sorted
};

struct ModelManifest {
  std::string version;         // "2026-11-22.1": digits, letters, '.', '-'; at most 64 bytes
  std::string created_at;      // RFC 3339, UTC
  int normalizer_version = 0;  // equals kNormalizerVersion
  std::vector<std::string> languages;  // BCP 47 primary tags, sorted
  std::string topic_model_file;        // in `files`
  PoolingRule pooling;                 // at least one feature
  int min_words = 11;       // fewer words (tokens with a letter): INSUFFICIENT_TEXT; at least 1
  int min_known_words = 5;  // fewer of them in the dictionary: INSUFFICIENT_TEXT; at least 1
  std::vector<TopicLabel> topics;  // in the order of the taxonomy
  int max_topics = 4;              // given to one article, at least 1
  // Where no topic reaches its threshold, the one that comes nearest is given from this confidence
  // on, [0, 1]; 1 gives none.
  double lone_topic_confidence = 1.0;
  std::map<std::string, BundleFile> files;  // by name, relative to the bundle's folder
  std::vector<SmokeArticle> smoke_articles;
  std::string digest;  // SHA-256 of manifest.json itself, lower-case hex
};

// Reads and checks manifest.json in `folder`. Errors: NOT_FOUND no such file; INVALID_ARGUMENT not
// JSON, or a field is missing, unknown or out of range (named); FAILED_PRECONDITION another format
// or normaliser version.
absl::StatusOr<ModelManifest> ReadManifest(const std::filesystem::path& folder);

// manifest.json's text. `digest` is not part of it.
std::string WriteManifest(const ModelManifest& manifest);

// Compares every file's size and SHA-256 with the manifest. Errors: NOT_FOUND missing; DATA_LOSS
// differs, both naming the file.
absl::Status VerifyFiles(const ModelManifest& manifest, const std::filesystem::path& folder);

// Size and SHA-256 of a file. Errors: NOT_FOUND, or UNKNOWN where it cannot be read.
absl::StatusOr<BundleFile> DescribeFile(const std::filesystem::path& path);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_MODEL_MANIFEST_H_
