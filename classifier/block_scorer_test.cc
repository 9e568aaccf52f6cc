// The instruction sets must agree; that the scores are fastText's is held by
// trainer/model_compiler_test.cc.
#include "classifier/block_scorer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/aligned_bytes.h"
#include "tests/support/sample_models.h"
#include "tests/support/sample_texts.h"

namespace rubricator {
namespace {

using testing::AlignedBytes;
using testing::CompileSampleModel;
using testing::SampleModel;
using testing::SampleTexts;

WordScores ScoreBy(BlockScorer score, const CompiledModelView& view,
                   const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  WordScores scores;
  scores.labels = view.labels.size();
  scores.stride = view.header->stride;
  scores.word.resize(words.size() * scores.stride);
  scores.pair.resize(words.size() * scores.stride);
  for (auto* numbers : {&scores.word_rows, &scores.pair_rows, &scores.hashes})
    numbers->resize(words.size());
  scores.is_known.resize(words.size());
  score(ScoringTables(view), views, scores);
  return scores;
}

TEST(BlockScorerTest, EveryInstructionSetGivesTheSameFloats) {
  SampleTexts texts(/*seed=*/2);
  for (const SampleModel& sample : {
           SampleModel{
               .name = "float32", .word_ngrams = 2, .min_char_ngram = 3, .max_char_ngram = 5},
           SampleModel{.name = "codebook",
           .word_ngrams = 2,
           .min_char_ngram = 2,
           .max_char_ngram = 4,
           .buckets = 200},
           SampleModel{
               .name = "pruned", .word_ngrams = 2, .labels = 12, .quantized = true, .cutoff = 500},
       }) {
    SCOPED_TRACE(sample.name);
    const AlignedBytes bytes(CompileSampleModel(sample));
    const CompiledModelView view = CompiledModelView::Parse(bytes.view()).value();
    for (int i = 0; i < 200; ++i) {
      const std::vector<std::string> words = texts.Text(150);
      const WordScores best = ScoreBy(BestBlockScorer(), view, words);
      const WordScores baseline = ScoreBy(BaselineBlockScorer(), view, words);
      ASSERT_EQ(best.word, baseline.word);
      ASSERT_EQ(best.word_rows, baseline.word_rows);
      ASSERT_EQ(best.is_known, baseline.is_known);
      ASSERT_EQ(best.pair, baseline.pair);
      ASSERT_EQ(best.pair_rows, baseline.pair_rows);
      ASSERT_EQ(best.hashes, baseline.hashes);
    }
  }
}

}  // namespace
}  // namespace rubricator
