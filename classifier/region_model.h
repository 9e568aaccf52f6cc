// The learned half of the focus decision: words that speak for a country, then boosted trees over
// all evidence.
#ifndef RUBRICATOR_CLASSIFIER_REGION_MODEL_H_
#define RUBRICATOR_CLASSIFIER_REGION_MODEL_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/gazetteer.h"
#include "classifier/region_features.h"
#include "classifier/region_trees.h"

namespace rubricator {

// Sparse rows of weights: a hashed word to the few countries it speaks for or against.
struct RegionWordRows {
  struct Slot {
    uint32_t tag;   // upper half of the word's hash
    uint32_t rows;  // first weight shifted left by eight, and the number of weights (0: free)
  };
  struct Weight {
    uint8_t word_class;  // index into RegionModel::word_classes(), or kContextClass
    int8_t value;        // times `step`
  };
  // words around a mention: whether its country is in focus
  static constexpr uint8_t kContextClass = 0xFF;
  static constexpr uint8_t kMainClass = 0xFE;  // the same: whether it is the main one of several
  std::vector<Slot> slots;                     // a power of two, open addressing
  std::vector<Weight> weights;
  float step = 0.0F;
};

// A country with what the model thinks of it.
struct CountryVerdict {
  uint8_t country;  // index into Gazetteer::countries()
  bool mentioned;
  float focus;                                // calibrated probability of being in focus
  std::array<float, kRegionFeatures> values;  // what the verdict rests on; for DecideFocus()
  float named;  // probability that a reader says the text names it; 0 when not mentioned
};

// What turns verdicts into a decision; all tuned by cross-validation, docs/regions.md.
struct RegionThresholds {
  float main = 0.5F;   // the best country's least probability; under it, no country is in focus
  float focus = 0.5F;  // that of the others
  float named = 0.5F;  // at least this: reported as mentioned
  float slope = 1.0F;  // calibration of the focus logit
  float offset = 0.0F;
};

// At most five countries in focus, main one first: indexes into `verdicts`. `main` compares pairs,
// as FillPair() lays them out: its score is the logit of the first coming before the second.
std::vector<size_t> DecideFocus(const std::vector<CountryVerdict>& verdicts,
                                const RegionThresholds& thresholds, const BoostedTrees& main);

// The numbers of a pair of countries: those of the first, then the first's less the second's.
using PairValues = std::array<float, 2 * kRegionFeatures>;
void FillPair(const std::array<float, kRegionFeatures>& first,
              const std::array<float, kRegionFeatures>& second, PairValues& out);

// Immutable after Load(); const methods may run on many threads at once.
class RegionModel {
 public:
  // Reads what SerializeRegionModel() wrote. `gazetteer` is only used during the call. Errors:
  // DATA_LOSS cut short, of another version, or inconsistent; FAILED_PRECONDITION it knows a
  // country that the gazetteer does not.
  static absl::StatusOr<std::unique_ptr<RegionModel>> Load(std::string_view bytes,
                                                           const Gazetteer& gazetteer);

  // Verdicts on the mentioned countries and on others that the words alone suggest, in no order.
  // Fills the word model's numbers in `features`.
  std::vector<CountryVerdict> Judge(RegionFeatures& features) const;

  // DecideFocus() with this model's thresholds.
  std::vector<size_t> Decide(const std::vector<CountryVerdict>& verdicts) const {
    return DecideFocus(verdicts, thresholds_, main_);
  }
  const RegionThresholds& thresholds() const { return thresholds_; }

 private:
  friend class RegionModelWriter;
  RegionModel() = default;
  void ScoreWords(const std::vector<uint64_t>& words, bool with_bias,
                  std::vector<float>& scores) const;
  void ScoreContext(CountryStatistics& country) const;
  std::span<const RegionWordRows::Weight> WeightsOf(uint64_t word) const;

  RegionWordRows rows_;
  std::vector<uint8_t> word_classes_;      // class -> country index
  std::vector<int16_t> class_of_country_;  // country index -> class, or -1
  std::vector<float> biases_;
  BoostedTrees focus_;
  BoostedTrees main_;
  BoostedTrees named_;
  RegionThresholds thresholds_;
};

// The parts of a model file. Countries by code, so that gazetteer and model may be made apart.
struct RegionModelParts {
  std::vector<std::string> word_classes;  // codes, at most 250; kNoCountryCode: no country at all
  std::vector<float> biases;
  RegionWordRows rows;
  BoostedTrees focus, main, named;
  RegionThresholds thresholds;
};
std::string SerializeRegionModel(const RegionModelParts& parts);

// Fills the word model's numbers of one country's statistics; shared by training and serving.
inline constexpr uint8_t kNoCountry = 0xFF;  // stands for "no country" among the word classes
inline constexpr std::string_view kNoCountryCode = "-";
inline constexpr float kNoWordScore = -9.0F;  // of a country without a word model
// a text's logit is kWordScale / sqrt(words) times the sum of its rows
inline constexpr float kWordScale = 6.0F;
inline constexpr float kContextScale = 2.0F;
struct RegionWordScores {
  std::vector<float> head;  // a logit for each word class
  std::vector<float> tail;
};
// Order of a country's candidates and the numbers that compare them. `class_of_country` maps a
// country index to its word class or -1. Sets everything from kHeadScore on but the context scores
// in `features`, and returns the word classes of unmentioned countries worth a verdict.
std::vector<uint8_t> FillWordScores(const RegionWordScores& scores,
                                    const std::vector<int16_t>& class_of_country,
                                    const std::vector<uint8_t>& word_classes,
                                    RegionFeatures& features);
// Statistics of an unmentioned country: `features.unmentioned` with the scores of `word_class`.
CountryStatistics UnmentionedStatistics(const RegionWordScores& scores, uint8_t word_class,
                                        uint8_t country, const RegionFeatures& features);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_REGION_MODEL_H_
