// Small fastText models of every make, trained by libfasttext in the test.
#ifndef RUBRICATOR_TESTS_SUPPORT_SAMPLE_MODELS_H_
#define RUBRICATOR_TESTS_SUPPORT_SAMPLE_MODELS_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/fasttext_model.h"

namespace rubricator::testing {

struct SampleModel {
  std::string name;
  FastTextModel::Loss loss = FastTextModel::Loss::kOneVsAll;
  int word_ngrams = 1;
  int min_char_ngram = 0;
  int max_char_ngram = 0;
  int buckets = 2000;
  int dimensions = 12;
  int labels = 6;
  bool quantized = false;
  size_t cutoff = 0;  // rows that quantising keeps; 0: all
  bool quantized_norms = false;
  bool quantized_output = false;  // needs 256 labels
};

// One of each make that can be compiled.
std::vector<SampleModel> SampleModels();

// Trains the model on one thread with a fixed seed, on texts of SampleTexts, and writes it to
// `path`.
void TrainSampleModel(const SampleModel& sample, const std::filesystem::path& path);

// Opens a file by the digest that it has.
absl::StatusOr<std::unique_ptr<FastTextModel>> LoadWithOwnDigest(const std::filesystem::path& path);

// The compiled file of the model, trained for it.
std::string CompileSampleModel(const SampleModel& sample);

// A new, empty folder under the system's folder for such things; removed with this object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace rubricator::testing

#endif  // RUBRICATOR_TESTS_SUPPORT_SAMPLE_MODELS_H_
