// Models small enough to fuzz, whose sums are exact.
#ifndef RUBRICATOR_TESTS_FUZZ_FUZZ_MODELS_H_
#define RUBRICATOR_TESTS_FUZZ_FUZZ_MODELS_H_

#include <memory>
#include <string>
#include <vector>

#include "classifier/fasttext_model.h"
#include "trainer/fasttext_writer.h"

namespace rubricator::fuzz {

// Weights are multiples of 1/64 in [-2, 2): 256 kinds, so that a codebook holds them, and any sum
// of fewer than 2^16 of them is exact in a float, in whichever order it is made.
struct FuzzModel {
  std::string name;
  std::string fasttext;  // the bytes of a .bin or .ftz file
};

// One for each combination of n-grams that matters, pruned and not.
std::vector<FuzzModel> FuzzModels();

// Loads the bytes by way of a file that is gone afterwards. Aborts if that fails.
std::unique_ptr<FastTextModel> LoadFuzzModel(const FuzzModel& model);

// A few words that the models know, "</s>" not among them.
const std::vector<std::string>& FuzzWords();

}  // namespace rubricator::fuzz

#endif  // RUBRICATOR_TESTS_FUZZ_FUZZ_MODELS_H_
