// taxonomy.json: the topics that a bundle is trained for.
#ifndef RUBRICATOR_TRAINER_TAXONOMY_FILE_H_
#define RUBRICATOR_TRAINER_TAXONOMY_FILE_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/model_manifest.h"
#include "trainer/labelled_article.h"

namespace rubricator {

// Reads [{"id", "media_topics": [...], "names": {"en": ..., ...}}, ...]. Errors: NOT_FOUND no file; INVALID_ARGUMENT not
// of that form, an id twice, an id with white space, no "en" name; each names the place.
absl::StatusOr<std::vector<TopicLabel>> ReadTaxonomy(const std::filesystem::path& path);

// A taxonomy of the labels that at least `min_articles` of `articles` carry, sorted by id; a label's name is its id.
std::vector<TopicLabel> TaxonomyOf(const std::vector<LabelledArticle>& articles, size_t min_articles);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TAXONOMY_FILE_H_
