// Trains the topic model: one row of weights for each of fastText's features.
#ifndef RUBRICATOR_TRAINER_LINEAR_TRAINER_H_
#define RUBRICATOR_TRAINER_LINEAR_TRAINER_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "trainer/feature_space.h"

namespace rubricator {

// A text to learn from.
struct TrainingText {
  std::span<const uint32_t> words;  // borrowed
  std::vector<float> targets;       // one for each label: probability, [0, 1]; negative: not known
  float weight = 1.0f;              // > 0
};

struct LinearOptions {
  int epochs = 15;
  double learning_rate = 2.0;
  double l2 = 2.5e-5;  // a text
  // The logit of a text of n rows is Σ rows / n^length_exponent; 1 would be fastText's mean.
  double length_exponent = 0.5;
  double subword_scale = 0.5;  // how far a character n-gram counts against a word
  int averaged_epochs = 5;     // the last so many epochs' weights are averaged
  uint64_t seed = 1;
};

// Σ of the rows of a text / n^length_exponent + bias = logits of its labels.
struct LinearModel {
  size_t labels = 0;
  std::vector<float> rows;  // [FeatureSpace::row_count()][labels]
  std::vector<float> bias;  // [labels]
};

// One-vs-all logistic regression by AdaGrad over rows scaled by inverse document frequency. The
// same seed gives the same model, bit for bit. `progress` gets the share done, (0, 1]; returning
// false stops early with the model so far.
LinearModel TrainLinearModel(const FeatureSpace& space, std::span<const TrainingText> texts,
                             size_t labels, const LinearOptions& options,
                             const std::function<bool(double)>& progress);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_LINEAR_TRAINER_H_
