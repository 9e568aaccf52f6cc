// What a training run reads, and what of it is left out.
#ifndef RUBRICATOR_TRAINER_TRAINING_INPUT_H_
#define RUBRICATOR_TRAINER_TRAINING_INPUT_H_

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "trainer/archive_reader.h"
#include "trainer/topic_corpus.h"

namespace rubricator {

struct TrainingFiles {
  std::vector<std::filesystem::path> articles;
  std::vector<std::filesystem::path> held_out;
  ArchiveOptions archive;
  bool keeps_region_articles = false;
  bool keeps_titles = false;
};

struct TrainingInput {
  TopicCorpus corpus;  // not finished
  std::vector<LabelledArticle>
      region_articles;  // whole, those with regions; empty unless asked for
  std::vector<BadLine> bad_lines;
  size_t removed = 0;  // held out themselves, or near duplicates of what is
};

// Reads all files one article at a time. Errors: as ReadArchive().
absl::StatusOr<TrainingInput> ReadTrainingInput(const TrainingFiles& files,
                                                const FeatureOptions& features);

// Lists lines that could not be used in a file, and says so on stderr; nothing for none. Errors:
// UNKNOWN the file cannot be written.
absl::Status ListBadLines(const std::vector<BadLine>& bad_lines, const std::filesystem::path& path);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TRAINING_INPUT_H_
