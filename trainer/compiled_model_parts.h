// What a compiled topic model is made of, before it becomes a file.
#ifndef RUBRICATOR_TRAINER_COMPILED_MODEL_PARTS_H_
#define RUBRICATOR_TRAINER_COMPILED_MODEL_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/compiled_model_layout.h"
#include "trainer/quadratic_codebook.h"

namespace rubricator {

// Rows of one float a label.
struct RowMatrix {
  size_t labels = 0;
  std::vector<float> values;  // [rows][labels]

  size_t rows() const { return labels == 0 ? 0 : values.size() / labels; }
  std::span<const float> Row(size_t i) const {
    return std::span(values).subspan(i * labels, labels);
  }
};

struct CompiledModelParts {
  struct Word {
    std::string text;
    uint32_t row_count = 0;  // rows that fastText adds up for it; at most 65535
  };

  compiled_model::Link link = compiled_model::Link::kSigmoid;
  std::vector<std::string> labels;
  uint32_t word_ngrams = 1;
  uint32_t min_char_ngram = 0;
  uint32_t max_char_ngram = 0;
  uint32_t bucket_count = 0;
  std::vector<Word> words;             // the line end, if it is there, under fastText's name
  RowMatrix word_rows;                 // one for each of `words`
  std::vector<uint32_t> kept_buckets;  // ascending: the buckets that have a row
  RowMatrix bucket_rows;               // one for each of `kept_buckets`
  // One for each label if the bucket rows hold nothing but their levels; else empty.
  std::vector<QuadraticCodebook> codebooks;
};

// The bytes of the file, with rows as asked. Errors: FAILED_PRECONDITION a number that the layout
// or the encoding cannot hold: kFloat16 beyond ±65504, kCodebook8 with more than 256 values in a
// column, a word with more than 65535 rows, two words that no hash tells apart.
absl::StatusOr<std::string> SerializeCompiledModel(const CompiledModelParts& parts,
                                                   compiled_model::RowEncoding word_encoding,
                                                   compiled_model::RowEncoding bucket_encoding);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_COMPILED_MODEL_PARTS_H_
