#include "trainer/topic_flags.h"

#include <utility>

#include "classifier/status_macros.h"

namespace rubricator {

void AddTopicFlags(CLI::App& command, TopicTrainingOptions& options, PoolingNames& pooling) {
  const std::string group = "How to learn topics";
  LinearOptions& linear = options.linear;
  command.add_option("--epochs", linear.epochs, "Passes over the articles")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000))
      ->group(group);
  command.add_option("--rate", linear.learning_rate, "Learning rate")
      ->capture_default_str()
      ->group(group);
  command.add_option("--l2", linear.l2, "L2 penalty an article")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--subword-scale", linear.subword_scale,
                  "How far a part of a word counts against a word")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 10.0))
      ->group(group);
  command.add_option("--max-rows", options.max_rows, "Features to keep")
      ->capture_default_str()
      ->group(group);
  command.add_option("--folds", options.folds, "Folds of cross-validation")
      ->capture_default_str()
      ->check(CLI::Range(2, 20))
      ->group(group);
  command.add_option("--threads", options.threads, "Folds trained at once")
      ->capture_default_str()
      ->check(CLI::Range(1, 256))
      ->group(group);
  command.add_option("--seed", linear.seed, "Seed; the same input and seed give the same bundle")
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--pooling-l2", options.pooling_penalty, "L2 penalty of the pooling, an article")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0))
      ->group(group);
  command.add_option("--pooling", pooling.features, "Pooling features: whole, max:64, …")
      ->capture_default_str()
      ->group(group);
  command.add_option("--cross", pooling.cross_features, "Pooling features of the other topics")
      ->capture_default_str()
      ->group(group);
}

absl::Status ResolvePooling(const PoolingNames& names, TopicTrainingOptions& options) {
  PoolingRule& rule = options.pooling;
  for (const auto& [texts, features] : {std::pair(&names.features, &rule.features),
                                        std::pair(&names.cross_features, &rule.cross_features)}) {
    for (const std::string& text : *texts) {
      ASSIGN_OR_RETURN(const PoolingFeature feature, PoolingFeature::Parse(text));
      features->push_back(feature);
    }
  }
  rule.length_exponent = options.linear.length_exponent;
  return absl::OkStatus();
}

}  // namespace rubricator
