// taxonomy.json: the topics that a bundle is trained for.
#ifndef RUBRICATOR_TRAINER_TAXONOMY_FILE_H_
#define RUBRICATOR_TRAINER_TAXONOMY_FILE_H_

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/model_manifest.h"

namespace rubricator {

// Reads [{"id", "media_topics": [...], "names": {"en": ..., ...}}, ...]. Errors: NOT_FOUND no file;
// INVALID_ARGUMENT not of that form, an id twice, an id with white space, no "en" name; each names
// the place.
absl::StatusOr<std::vector<TopicLabel>> ReadTaxonomy(const std::filesystem::path& path);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TAXONOMY_FILE_H_
