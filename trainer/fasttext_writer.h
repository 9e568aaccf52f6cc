// Writes weights that were trained elsewhere as files that fastText itself loads.
#ifndef RUBRICATOR_TRAINER_FASTTEXT_WRITER_H_
#define RUBRICATOR_TRAINER_FASTTEXT_WRITER_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "trainer/compiled_model_parts.h"

namespace rubricator {

// A one-vs-all classifier as fastText sees it: for each feature one weight a label. As a fastText
// model its vectors have as many dimensions as there are labels and the output matrix is the
// identity, so that the logits are the mean of a line's rows.
struct FastTextWeights {
  struct Entry {
    std::string text;   // UTF-8; neither white space nor a zero byte. A label's name stands without
                        // "__label__"
    int64_t count = 1;  // in the training data; fastText only shows it
  };

  std::vector<Entry> labels;  // each once
  std::vector<Entry> words;   // each once; "</s>" is the line's end
  RowMatrix word_rows;        // one for each of `words`: its own row, without its subwords'
  int word_ngrams = 1;        // 1 or 2
  int min_char_ngram = 0;
  int max_char_ngram = 0;             // 0: no subwords
  int32_t bucket_count = 0;           // 0 if there are neither subwords nor bigrams
  std::vector<int32_t> kept_buckets;  // ascending: the buckets that have a row
  RowMatrix bucket_rows;              // one for each of `kept_buckets`
};

// The bytes of a .bin file: the weights as they are. Errors: INVALID_ARGUMENT numbers that do not
// fit each other; FAILED_PRECONDITION a bucket without a row: only .ftz files can leave any out.
absl::StatusOr<std::string> SerializeFastTextBin(const FastTextWeights& weights);

// The bytes of a .ftz file: each label's weights through a codebook of 256 levels, one byte a
// weight. Buckets without a row do not count in the mean. Errors: INVALID_ARGUMENT as above, or
// 2^31 weights and more.
absl::StatusOr<std::string> SerializeFastTextFtz(const FastTextWeights& weights);

// The same, written whole or not at all. Errors: as above; UNKNOWN with the system's message.
absl::Status WriteFastTextBin(const FastTextWeights& weights, const std::filesystem::path& path);
absl::Status WriteFastTextFtz(const FastTextWeights& weights, const std::filesystem::path& path);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_FASTTEXT_WRITER_H_
