// Which of an archive's labels become topics.
#ifndef RUBRICATOR_TRAINER_LABEL_CHOICE_H_
#define RUBRICATOR_TRAINER_LABEL_CHOICE_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/model_manifest.h"

namespace rubricator {

struct LabelChoice {
  std::filesystem::path taxonomy;  // taxonomy.json; empty: every label
  size_t min_articles = 20;        // without taxonomy
  bool drops_rare = false;         // leaves rarer labels out, with a note on stderr
};

// The topics, sorted by id or in the taxonomy's order. Labels that the taxonomy has not are noted
// on stderr. Errors: INVALID_ARGUMENT labels with fewer than `min_articles` articles, which are all
// named with their counts; as ReadTaxonomy().
absl::StatusOr<std::vector<TopicLabel>> ChooseLabels(
    const std::map<std::string, size_t>& article_counts, const LabelChoice& choice);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_LABEL_CHOICE_H_
