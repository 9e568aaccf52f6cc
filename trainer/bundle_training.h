// From files of labelled articles to a bundle in its place: what `rubricator-train train` does.
#ifndef RUBRICATOR_TRAINER_BUNDLE_TRAINING_H_
#define RUBRICATOR_TRAINER_BUNDLE_TRAINING_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "trainer/archive_reader.h"
#include "trainer/topic_training.h"

namespace rubricator {

struct BundleTrainingOptions {
  std::vector<std::filesystem::path>
      articles;            // labelled, or with a teacher's scores, or for the vocabulary only
  ArchiveOptions archive;  // how to read them
  std::vector<std::filesystem::path>
      held_out;  // never learned from, nor what is nearly the same; judged at the end
  std::vector<std::filesystem::path>
      mentions;                    // articles with all the countries they name; may be empty
  std::filesystem::path taxonomy;  // taxonomy.json; empty: every label with min_articles
  size_t min_articles = 20;        // without taxonomy: rarer labels are refused, or
  bool drops_rare = false;         // left out
  std::filesystem::path
      gazetteer;  // folder of the gazetteer's tables: regions are trained; or else
  std::filesystem::path base_bundle;  // a bundle whose region files are taken as they are
  std::filesystem::path card;         // MODEL_CARD.md to ship; empty: a short one is written
  std::filesystem::path smoke;  // .jsonl of texts that the bundle proves itself on; may be empty
  std::filesystem::path bad_lines;  // where bad lines are listed; empty: `out` + ".bad-lines.tsv"
  std::filesystem::path out;
  std::string version;             // empty: today's date and ".1"
  bool report_has_titles = false;  // report.html shows titles: texts belong to their publishers
  TopicTrainingOptions topics;
};

// Trains, evaluates by cross-validation, prints the table to stdout and publishes the bundle. An
// older bundle stays in its place until the new one is whole; the finished parts of a stopped run
// are in `out` + ".work". Errors: INVALID_ARGUMENT labels that are too rare, all named; CANCELLED
// as TrainTopics(); else as reading, training and writing.
absl::Status TrainBundle(const BundleTrainingOptions& options);

// Takes the bundle options.base_bundle, trains its regions anew on `articles` and `mentions` by
// `gazetteer`, and publishes the whole as `out`. Errors: as TrainBundle().
absl::Status TrainBundleRegions(const BundleTrainingOptions& options);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_BUNDLE_TRAINING_H_
