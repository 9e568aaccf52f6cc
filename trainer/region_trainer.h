// Labelled articles in, region-model.bin out.
#ifndef RUBRICATOR_TRAINER_REGION_TRAINER_H_
#define RUBRICATOR_TRAINER_REGION_TRAINER_H_

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/gazetteer.h"
#include "classifier/region_model.h"
#include "trainer/gradient_boosting.h"
#include "trainer/region_word_trainer.h"

namespace rubricator {

struct RegionTrainingArticle {
  std::string title;  // plain text, UTF-8
  std::string body;
  std::string language;                // BCP 47 primary tag
  std::optional<double> published_at;  // seconds since 1970-01-01 UTC
  std::vector<std::string>
      regions;  // focus countries, main one first; for `mentioned` articles: all it names
  float weight = 1.0F;
  std::string
      fold_key;  // articles of one key are held out together: the article's id, or its source
};

struct RegionTrainingOptions {
  int folds = 4;  // 2..20, of the cross-validation that everything but the words is tuned on
  unsigned threads = 2;
  RegionWordOptions words;
  BoostingOptions focus;
  BoostingOptions main = {.trees = 100, .learning_rate = 0.06, .l2 = 8.0, .min_curvature = 12};
  BoostingOptions named = {.trees = 60, .learning_rate = 0.1, .l2 = 4.0, .min_curvature = 4};
};

// What cross-validation says of an article that was held out.
struct HeldOutDecision {
  size_t article;                                   // index into the training articles
  std::vector<std::string> regions;                 // decided focus countries, main one first
  std::vector<std::pair<float, bool>> confidences;  // of each candidate, and whether it is in focus
};

struct RegionTrainingResult {
  std::string model;                      // bytes of region-model.bin
  std::vector<HeldOutDecision> held_out;  // one for each article, in order
  double set_f1 = 0.0;                    // of held_out, weighted as the articles are
  double focus_accuracy = 0.0;
  double abstention = 0.0;         // share of the articles without a country that got none
  double calibration_error = 0.0;  // expected, ten bins
  RegionThresholds thresholds;
};

// Trains on `articles`, and on `mentioned` (articles with all the countries that they name; may be
// empty) what counts as a mention. The same input and options give the same bytes. Errors:
// INVALID_ARGUMENT fewer than 100 articles, folds out of range, or a code that the gazetteer does
// not have, naming it.
absl::StatusOr<RegionTrainingResult> TrainRegions(const Gazetteer& gazetteer,
                                                  std::span<const RegionTrainingArticle> articles,
                                                  std::span<const RegionTrainingArticle> mentioned,
                                                  const RegionTrainingOptions& options);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_REGION_TRAINER_H_
