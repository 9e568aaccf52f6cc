// The flags that say how topics are learned.
#ifndef RUBRICATOR_TRAINER_TOPIC_FLAGS_H_
#define RUBRICATOR_TRAINER_TOPIC_FLAGS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "trainer/topic_training.h"

namespace rubricator {

// What --pooling and --cross name.
struct PoolingNames {
  std::vector<std::string> features = {"whole",    "max:64",         "max:16",
                                       "top3:16",  "first:64",       "mean:64",
                                       "first:16", "log_windows:16", "log_rows"};
  std::vector<std::string> cross_features = {"whole", "max:16"};
};

// `options` and `pooling` must outlive `command`'s parsing.
void AddTopicFlags(CLI::App& command, TopicTrainingOptions& options, PoolingNames& pooling);

// Fills options.pooling. Errors: INVALID_ARGUMENT no such feature.
absl::Status ResolvePooling(const PoolingNames& names, TopicTrainingOptions& options);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TOPIC_FLAGS_H_
