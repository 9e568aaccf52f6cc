// A fastText classifier with every input row multiplied by the output matrix once, mapped from a
// file.
#ifndef RUBRICATOR_CLASSIFIER_COMPILED_TOPIC_MODEL_H_
#define RUBRICATOR_CLASSIFIER_COMPILED_TOPIC_MODEL_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace rubricator {

// What each word of a text adds to the sum whose mean is the logit of each label. For words [a, b)
// of the text as a line of their own, fastText's logits are exactly
//   (Σ_{a<=i<b} word[i] + Σ_{a<=i<b-1} pair[i] + PairWithEnd(b-1) + end) / (number of all those
//   rows).
struct WordScores {
  size_t labels = 0;
  size_t stride = 0;                // floats from one row to the next, >= labels; the rest are 0
  std::vector<float> word;          // [words][stride]: the word's own row and its subwords', summed
  std::vector<uint32_t> word_rows;  // how many rows that was; 0 for a word the model cannot know
  std::vector<uint8_t> is_known;    // 1: the word is in the dictionary
  std::vector<float>
      pair;  // [words][stride]: the bigram of words i and i+1; the last word's: zeros
  std::vector<uint32_t> pair_rows;  // 1, or 0 where the model has no row for it
  std::vector<uint32_t> hashes;     // fastText's hash of each word, for PairWithEnd

  std::span<const float> WordRow(size_t i) const { return {word.data() + i * stride, labels}; }
  std::span<const float> PairRow(size_t i) const { return {pair.data() + i * stride, labels}; }
};

// Immutable after Open(); const methods may run on many threads at once.
class CompiledTopicModel {
 public:
  // Maps the file that CompileTopicModel() of the trainer wrote. The caller has checked its digest;
  // still, no content of the file makes any method read outside it. Errors: NOT_FOUND no file;
  // FAILED_PRECONDITION another version of the layout; DATA_LOSS sections that do not fit the file.
  static absl::StatusOr<std::unique_ptr<CompiledTopicModel>> Open(
      const std::filesystem::path& path);
  // The same from a whole file in memory, which must outlive the model. Errors: as Open();
  // INVALID_ARGUMENT if it does not begin at a multiple of 64.
  static absl::StatusOr<std::unique_ptr<CompiledTopicModel>> FromBytes(std::string_view bytes);
  ~CompiledTopicModel();

  // Reads the whole file. Errors: DATA_LOSS if it is not what the digest in its header was made of.
  absl::Status CheckDigest() const;

  // Label names in fastText's order, prefix removed.
  const std::vector<std::string>& labels() const;

  // What turns logits into fastText's probabilities: the sigmoid of each, or the softmax of all.
  bool is_softmax() const;

  // Scores every word and pair of neighbours. Reuses the memory of `scores`. `words` are forms from
  // Tokenize(): words that fastText would read otherwise than as one word of the text ("</s>",
  // "__label__x", white space, nothing) cannot be among them.
  void Score(std::span<const std::string_view> words, WordScores& scores) const;

  // The row of the bigram of a word (by its hash) and the end of the line: added to `row` (labels
  // floats); returns the number of rows, 0 or 1.
  uint32_t AddPairWithEnd(uint32_t hash, std::span<float> row) const;

  // The row of fastText's end-of-line token; returns the number of rows, 0 or 1.
  uint32_t AddEnd(std::span<float> row) const;

 private:
  struct Mapping;
  explicit CompiledTopicModel(std::unique_ptr<Mapping> mapping);
  static absl::StatusOr<std::unique_ptr<CompiledTopicModel>> FromMapping(
      std::unique_ptr<Mapping> mapping);
  std::unique_ptr<Mapping> mapping_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_COMPILED_TOPIC_MODEL_H_
