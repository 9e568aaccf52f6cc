// A random search over the numbers that topics are learned with.
#ifndef RUBRICATOR_TRAINER_TUNING_H_
#define RUBRICATOR_TRAINER_TUNING_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "trainer/topic_training.h"

namespace rubricator {

struct Trial {
  int epochs = 0;
  double rate = 0.0;
  double l2 = 0.0;
  double subword_scale = 0.0;
  size_t max_rows = 0;
  double macro_f1 = 0.0;  // cross-validated
  double micro_f1 = 0.0;
  double calibration_error = 0.0;

  // As flags of `rubricator-train train`.
  std::string Flags() const;
};

struct TuningOptions {
  int trials = 20;
  uint64_t seed = 1;
  std::filesystem::path state;  // file of finished trials; one that is there is gone on with
};

// Trial `number` (0: `base` itself) of a search: the same seed and number give the same one,
// whatever was tried before.
Trial DrawTrial(const TopicTrainingOptions& base, uint64_t seed, int number);

// Tries each of options.trials by cross-validation on a finished corpus, skipping those in the
// state file, which is written whole after each. `tried` gets each trial, also those skipped.
// Errors: FAILED_PRECONDITION the state file is of other articles or options; DATA_LOSS it cannot
// be read; CANCELLED stopped, finished trials are kept; as TrainTopics().
absl::StatusOr<std::vector<Trial>> Tune(const TopicCorpus& corpus,
                                        const std::vector<TopicLabel>& labels,
                                        const TopicTrainingOptions& base,
                                        const TuningOptions& options,
                                        const std::function<void(int, const Trial&)>& tried);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TUNING_H_
