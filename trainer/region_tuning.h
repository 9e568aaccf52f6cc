// Chooses the thresholds of the focus decision on held-out verdicts.
#ifndef RUBRICATOR_TRAINER_REGION_TUNING_H_
#define RUBRICATOR_TRAINER_REGION_TUNING_H_

#include <cstdint>
#include <vector>

#include "classifier/region_model.h"

namespace rubricator {

// The held-out verdicts of one article, their focus not yet calibrated, and the truth.
struct HeldOutVerdicts {
  std::vector<CountryVerdict> verdicts;  // focus holds a logit until CalibrateFocus()
  std::vector<uint8_t> focus;            // true focus countries, main one first
  float weight = 1.0F;
  const BoostedTrees* main = nullptr;  // orders them; trained without this article
};

struct DecisionQuality {
  double set_f1 = 0.0;
  double focus_accuracy = 0.0;
  double abstention = 0.0;  // share of the articles without a country that got none
};

bool IsInFocus(const std::vector<uint8_t>& focus, uint8_t country);

// Fits slope and offset of the logits by logistic regression and turns the logits into
// probabilities.
void CalibrateFocus(std::vector<HeldOutVerdicts>& articles, RegionThresholds& thresholds);

// Sets `main` and `focus` to the pair with the best sum of set F1, focus accuracy and, at a tenth,
// abstention.
void TuneFocus(const std::vector<HeldOutVerdicts>& articles, RegionThresholds& thresholds);

DecisionQuality MeasureFocus(const std::vector<HeldOutVerdicts>& articles,
                             const RegionThresholds& thresholds);

// Expected difference between confidence and share of truth over ten equal bins.
double CalibrationError(const std::vector<HeldOutVerdicts>& articles);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_REGION_TUNING_H_
