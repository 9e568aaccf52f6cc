// The words that speak most for each topic.
#ifndef RUBRICATOR_TRAINER_TOPIC_WORDS_H_
#define RUBRICATOR_TRAINER_TOPIC_WORDS_H_

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

struct TopicWord {
  std::string word;  // normalised
  // Σ of its rows, its subwords' among them: what one such word adds before pooling
  double weight = 0.0;
};

// For each label of the bundle's topics.ftz, at most `count` frequent words (the first third of its
// dictionary, function words and numbers aside), strongest first; words of one stem stand once.
// Errors: as FastTextModel::Load().
absl::StatusOr<std::map<std::string, std::vector<TopicWord>>> StrongestWords(
    const std::filesystem::path& model, size_t count);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TOPIC_WORDS_H_
