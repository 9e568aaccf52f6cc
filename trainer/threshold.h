// The confidence from which a label is given.
#ifndef RUBRICATOR_TRAINER_THRESHOLD_H_
#define RUBRICATOR_TRAINER_THRESHOLD_H_

#include <span>

namespace rubricator {

// The threshold of greatest F1 over weighted samples: the middle of all thresholds within 0.002 of
// the best, held to [lowest, highest]. `labels` 0 or 1. Without a positive sample: `highest`.
double BestThreshold(std::span<const double> confidences, std::span<const int> labels,
                     std::span<const double> weights, double lowest, double highest);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_THRESHOLD_H_
