// Scores blocks of words from the tables of a compiled model, in the widest instructions that the
// CPU has.
#ifndef RUBRICATOR_CLASSIFIER_BLOCK_SCORER_H_
#define RUBRICATOR_CLASSIFIER_BLOCK_SCORER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "classifier/bucket_table.h"
#include "classifier/compiled_model_view.h"
#include "classifier/compiled_topic_model.h"
#include "classifier/word_table.h"

namespace rubricator {

// Borrows the file's bytes.
struct ScoringTables {
  explicit ScoringTables(const CompiledModelView& view)
      : words(view),
        buckets(view),
        min_char_ngram(view.header->min_char_ngram),
        max_char_ngram(view.header->max_char_ngram),
        has_pairs(view.header->word_ngrams == 2) {}

  WordTable words;
  BucketTable buckets;
  uint32_t min_char_ngram;
  uint32_t max_char_ngram;
  bool has_pairs;
};

// Fills `scores`, whose vectors have room for all of `words`. The floats are the same whichever
// instructions are used.
using BlockScorer = void (*)(const ScoringTables& tables, std::span<const std::string_view> words,
                             WordScores& scores);

// For any CPU of the platform.
BlockScorer BaselineBlockScorer();

// The best for this CPU.
BlockScorer BestBlockScorer();

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_BLOCK_SCORER_H_
