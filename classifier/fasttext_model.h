// libfasttext behind a Status: the reference that the compiled engine is held to, and what the
// trainer compiles.
#ifndef RUBRICATOR_CLASSIFIER_FASTTEXT_MODEL_H_
#define RUBRICATOR_CLASSIFIER_FASTTEXT_MODEL_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

// A supervised fastText model. Immutable after Load(); const methods may run on many threads at
// once.
class FastTextModel {
 public:
  enum class Loss { kOneVsAll, kSoftmax, kNegativeSampling, kHierarchicalSoftmax };

  // Opens a supervised .bin or .ftz file. libfasttext trusts its input, so a digest must be given
  // and is checked first, then the file's shape. `sha256_hex`: 64 lower-case hex digits. Errors:
  // NOT_FOUND no file; DATA_LOSS digest differs, or the file is cut or contradicts itself;
  // FAILED_PRECONDITION not a supervised model of a version that libfasttext reads.
  static absl::StatusOr<std::unique_ptr<FastTextModel>> Load(const std::filesystem::path& path,
                                                             std::string_view sha256_hex);
  ~FastTextModel();

  // Label names in fastText's order, prefix "__label__" removed.
  const std::vector<std::string>& labels() const;

  // Probability of each label, in the order of labels(), for one line (words separated by spaces;
  // no line end inside), clamped to [0, 1]: fastText returns up to 1.00001. An empty line gets
  // fastText's prior; a line with no row at all (every word unknown, and no row for the line end)
  // gets zeros. Except for softmax, fastText looks the sigmoid up in a table of 512 steps over [-8,
  // 8]: up to 0.008 below the true one.
  std::vector<float> Predict(std::string_view line) const;

  // The logit of each label that Predict() puts through the sigmoid or softmax; empty for a line
  // with no row.
  std::vector<float> Logits(std::string_view line) const;

  // What compiling reads.
  Loss loss() const;
  int word_ngrams() const;
  int min_char_ngram() const;
  int max_char_ngram() const;
  int32_t bucket_count() const;
  int32_t word_count() const;
  // The word's UTF-8 text; `id` in [0, word_count()).
  std::string Word(int32_t id) const;
  // Input rows that fastText adds up for a known word: its own, then its subwords'.
  std::vector<int32_t> RowsOfWord(int32_t id) const;
  // For each bucket the input row that it stands for; -1 where quantising cut it off.
  std::vector<int32_t> BucketRows() const;
  // Rows of the input matrix: word_count() and then the buckets kept.
  int64_t row_count() const;
  // Input row `row` times the output matrix: one float for each label.
  std::vector<float> RowLogits(int64_t row) const;

  // The 256 numbers, by code, that quantising left for this label's logit of any row. Empty unless
  // each label has its own codes: a .ftz file of one-dimensional parts and without norms, whose
  // output matrix is the identity.
  std::vector<float> QuantizedLevels(size_t label) const;

 private:
  struct Parts;
  explicit FastTextModel(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_FASTTEXT_MODEL_H_
