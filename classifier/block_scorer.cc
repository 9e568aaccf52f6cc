#include "classifier/block_scorer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "classifier/fasttext_hash.h"
#include "classifier/row_block.h"
#include "classifier/subword_hashes.h"

namespace rubricator {
namespace {

using compiled_model::kNoRow;
using compiled_model::WordSlot;

constexpr size_t kBlockWords =
    64;  // go through the passes together: what they prefetch fits the L1 cache
constexpr size_t kBatch = 64;  // subwords of a long word, likewise

// Each pass asks the memory for what the next one reads, for all words of a block, so that the
// memory answers for many words at once. Everything is inlined into one function for each
// instruction set.
class Passes {
 public:
  [[gnu::always_inline]] inline Passes(const ScoringTables& tables,
                                       std::span<const std::string_view> words, WordScores& scores)
      : tables_(tables), words_(words), scores_(scores) {}

  [[gnu::always_inline]] inline void ScoreAll() {
    size_t hashed = 0;
    for (size_t begin = 0; begin < words_.size(); begin += kBlockWords) {
      const size_t end = std::min(begin + kBlockWords, words_.size());
      const size_t next = std::min(
          end + 1, words_.size());  // the last pair needs the hash of the word after the block
      HashWords(std::exchange(hashed, next), next);
      if (tables_.has_pairs) FindPairBuckets(begin, std::min(end, words_.size() - 1));
      FindRows(begin, end);
      for (size_t i = begin; i < end; ++i) {
        ScoreWord(i);
        ScorePair(i);
      }
    }
  }

 private:
  [[gnu::always_inline]] inline void HashWords(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      scores_.hashes[i] = FastTextHash(words_[i]);
      tables_.words.PrefetchSlot(scores_.hashes[i]);
    }
  }

  // Leaves the buckets in scores.pair_rows.
  [[gnu::always_inline]] inline void FindPairBuckets(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      scores_.pair_rows[i] =
          tables_.buckets.BucketOf(FastTextPairHash(scores_.hashes[i], scores_.hashes[i + 1]));
      tables_.buckets.PrefetchIndex(scores_.pair_rows[i]);
    }
  }

  // Turns these buckets into rows, or kNoRow.
  [[gnu::always_inline]] inline void FindRows(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) tables_.words.PrefetchRow(scores_.hashes[i]);
    for (size_t i = begin; i < end; ++i) {
      const bool has_pair = tables_.has_pairs && i + 1 < words_.size();
      uint32_t row = 0;
      const bool is_found = has_pair && tables_.buckets.Find(scores_.pair_rows[i], row);
      scores_.pair_rows[i] = is_found ? row : kNoRow;
      PrefetchRow(tables_.buckets.rows(), is_found ? row : 0);
    }
  }

  [[gnu::always_inline]] inline void ScoreWord(size_t i) {
    float* out = scores_.word.data() + i * scores_.stride;
    const WordSlot* slot = tables_.words.Find(scores_.hashes[i], words_[i]);
    scores_.is_known[i] = slot != nullptr;
    if (slot != nullptr) {
      StoreRows(tables_.words.rows(), std::span(&slot->row, 1), out);
      scores_.word_rows[i] = slot->row_count;
    } else {
      std::fill_n(out, scores_.stride, 0.0f);
      scores_.word_rows[i] = AddSubwords(words_[i], out);
    }
  }

  // Turns the row in scores.pair_rows into a number of rows.
  [[gnu::always_inline]] inline void ScorePair(size_t i) {
    float* out = scores_.pair.data() + i * scores_.stride;
    const uint32_t row = scores_.pair_rows[i];
    const size_t rows = row != kNoRow ? 1 : 0;
    StoreRows(tables_.buckets.rows(), std::span(&row, rows), out);
    scores_.pair_rows[i] = static_cast<uint32_t>(rows);
  }

  // Adds the rows of an unknown word's subwords to `out`; returns their number.
  [[gnu::always_inline]] inline uint32_t AddSubwords(std::string_view word, float* out) {
    if (subwords_.Compute(word, tables_.min_char_ngram, tables_.max_char_ngram)) {
      return AddBuckets(subwords_.hashes(), out);
    }
    return AddLongWord(word, out);
  }

  // `hashes` become buckets, then rows, in place.
  [[gnu::always_inline]] inline uint32_t AddBuckets(std::span<uint32_t> hashes, float* out) {
    for (uint32_t& hash : hashes) {
      hash = tables_.buckets.BucketOf(hash);
      tables_.buckets.PrefetchIndex(hash);
    }
    uint32_t count = 0;
    for (const uint32_t bucket : hashes) {
      // Without a branch: whether a bucket has a row is anybody's guess.
      uint32_t row = 0;
      const bool is_found = tables_.buckets.Find(bucket, row);
      hashes[count] = row;
      count += is_found ? 1 : 0;
    }
    for (const uint32_t row : hashes.first(count)) PrefetchRow(tables_.buckets.rows(), row);
    AddRows(tables_.buckets.rows(), hashes.first(count), out);
    return count;
  }

  // Batch by batch, for words that SubwordHashes does not hold.
  [[gnu::noinline]] uint32_t AddLongWord(std::string_view word, float* out) {
    std::array<uint32_t, kBatch> batch;
    size_t waiting = 0;
    uint32_t count = 0;
    ForEachCharNgram(word, tables_.min_char_ngram, tables_.max_char_ngram, [&](uint32_t hash) {
      batch[waiting] = hash;
      if (++waiting == batch.size())
        count += AddBuckets(std::span(batch).first(std::exchange(waiting, 0)), out);
    });
    return count + AddBuckets(std::span(batch).first(waiting), out);
  }

  const ScoringTables& tables_;
  std::span<const std::string_view> words_;
  WordScores& scores_;
  SubwordHashes subwords_;
};

void ScoreBaseline(const ScoringTables& tables, std::span<const std::string_view> words,
                   WordScores& scores) {
  Passes(tables, words, scores).ScoreAll();
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,bmi2,popcnt"))) void ScoreAvx2(
    const ScoringTables& tables, std::span<const std::string_view> words, WordScores& scores) {
  Passes(tables, words, scores).ScoreAll();
}

bool HasAvx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
#endif

}  // namespace

BlockScorer BaselineBlockScorer() { return ScoreBaseline; }

BlockScorer BestBlockScorer() {
#if defined(__x86_64__)
  if (HasAvx2()) return ScoreAvx2;
#endif
  return ScoreBaseline;
}

}  // namespace rubricator
