// A trained topic model as the two files of a bundle.
#ifndef RUBRICATOR_TRAINER_TOPIC_MODEL_FILES_H_
#define RUBRICATOR_TRAINER_TOPIC_MODEL_FILES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "classifier/model_manifest.h"
#include "trainer/feature_space.h"
#include "trainer/linear_trainer.h"

namespace rubricator {

// Writes `stem`.ftz, which libfasttext loads, and `stem`.rows, compiled from it for the engine,
// into `folder`. A line's logits are the mean of its rows; the model's bias is left to the pooling
// rule. Errors: as the writers and the compiler.
absl::Status WriteTopicModelFiles(const FeatureSpace& space, const LinearModel& model,
                                  const std::vector<TopicLabel>& labels,
                                  const std::filesystem::path& folder, const std::string& stem);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TOPIC_MODEL_FILES_H_
