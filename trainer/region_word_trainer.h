// Trains the words that speak for a country beyond what the gazetteer finds.
#ifndef RUBRICATOR_TRAINER_REGION_WORD_TRAINER_H_
#define RUBRICATOR_TRAINER_REGION_WORD_TRAINER_H_

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "classifier/region_features.h"
#include "classifier/region_model.h"

namespace rubricator {

// One article to learn from: what the server would see of it, and what the editor decided.
struct RegionSample {
  RegionFeatures features;
  std::vector<uint8_t> focus;  // country indexes, main one first
  float weight = 1.0F;
  int fold = 0;
  uint32_t article = 0;  // index of the article it was made from
};

struct RegionWordOptions {
  int epochs = 8;
  double learning_rate = 0.25;
  double l2 = 2e-5;
  int least_articles = 4;         // a rarer word gets no row
  int least_focus_articles = 25;  // a rarer country gets no class
  float least_weight = 0.25F;     // a smaller weight is dropped: docs/regions.md, "Size"
  uint64_t seed = 20261122;
};

// Numbers the words of a set of articles and the countries that get a class.
class RegionVocabulary {
 public:
  RegionVocabulary(std::span<const RegionSample> samples, const RegionWordOptions& options);
  // Row of a hashed word, or -1.
  int32_t Row(uint64_t word) const;
  size_t rows() const { return words_.size(); }
  const std::vector<uint64_t>& words() const { return words_; }
  // Class -> country; the last is kNoCountry.
  const std::vector<uint8_t>& word_classes() const { return word_classes_; }
  const std::vector<int16_t>& class_of_country() const { return class_of_country_; }  // 256 of them

 private:
  std::unordered_map<uint64_t, int32_t> row_of_;
  std::vector<uint64_t> words_;
  std::vector<uint8_t> word_classes_;
  std::vector<int16_t> class_of_country_;
};

// Weights of every word for every class, and for the words around mentions.
struct RegionWordModel {
  size_t stride = 0;           // classes + 2; the last columns are the contexts': focus, main
  std::vector<float> weights;  // [rows][stride]
  std::vector<float> biases;   // [classes]
};

// One-vs-all logistic regression, by AdaGrad, on the samples whose fold is not `held_out` (-1: on
// all), with the gazetteer's numbers as shared features beside the words, so that words learn only
// what mentions do not say. The same seed gives the same model.
RegionWordModel TrainRegionWords(std::span<const RegionSample> samples,
                                 const RegionVocabulary& vocabulary,
                                 const RegionWordOptions& options, int held_out);

RegionWordScores ScoreRegionWords(const RegionWordModel& model, const RegionVocabulary& vocabulary,
                                  const RegionFeatures& features);
// Sets the context scores of one country.
void ScoreRegionContext(const RegionWordModel& model, const RegionVocabulary& vocabulary,
                        CountryStatistics& country);

// The rows as the server reads them, in 8 bits.
RegionWordRows CompressRegionWords(const RegionWordModel& model,
                                   const RegionVocabulary& vocabulary);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_REGION_WORD_TRAINER_H_
