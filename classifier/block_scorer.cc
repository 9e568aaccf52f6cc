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
constexpr size_t kFingerprints = 2 * kBlockWords;
constexpr size_t kSubwordRoom =
    2048;                      // subwords of a block's unknown words; more go in several turns
constexpr size_t kBatch = 64;  // subwords of a long word that are looked up together

// Adds the rows of a long word's subwords, batch by batch, to `out`; returns their number.
[[gnu::noinline]] uint32_t AddLongWord(const ScoringTables& tables, std::string_view word,
                                       float* out) {
  std::array<uint32_t, kBatch> rows;
  size_t waiting = 0;
  uint32_t count = 0;
  const auto add = [&] {
    AddRows<InstructionSet::kBaseline>(tables.buckets.rows(),
                                       std::span(rows).first(std::exchange(waiting, 0)), out);
  };
  ForEachCharNgram(word, tables.min_char_ngram, tables.max_char_ngram, [&](uint32_t hash) {
    if (!tables.buckets.Find(tables.buckets.BucketOf(hash), rows[waiting])) return;
    ++count;
    if (++waiting == rows.size()) add();
  });
  add();
  return count;
}

// Each pass asks the memory for what the next one reads, for all words of a block, so that the
// memory answers for many words at once. Everything is inlined into one function for each
// instruction set.
template <InstructionSet kSet>
class Passes {
 public:
  [[gnu::always_inline]] inline Passes(const ScoringTables& tables,
                                       std::span<const std::string_view> words, WordScores& scores)
      : tables_(tables), words_(words), scores_(scores) {}

  [[gnu::always_inline]] inline void ScoreAll() {
    size_t hashed = 0;
    for (size_t begin = 0; begin < words_.size(); begin += kBlockWords) {
      const size_t end = std::min(begin + kBlockWords, words_.size());
      // The last pair needs the hash of the word after the block.
      const size_t next = std::min(end + 1, words_.size());
      HashWords(std::exchange(hashed, next), next);
      if (tables_.has_pairs) FindPairBuckets(begin, std::min(end, words_.size() - 1));
      FindRows(begin, end);
      ScoreWords(begin, end);
      FindSubwordRows();
      ScorePairs(begin, end);
      AddSubwordRows();
    }
  }

 private:
  // An unknown word whose subwords wait in subwords_.
  struct Unknown {
    uint32_t word;
    uint32_t begin;  // in subwords_
    uint32_t end;
  };

  [[gnu::always_inline]] inline void HashWords(size_t begin, size_t end) {
    const WordTable words = tables_.words;
    uint32_t* const hashes = scores_.hashes.data();
    for (size_t i = begin; i < end; ++i) {
      const WordHashes word = HashWord(words_[i]);
      hashes[i] = word.fasttext;
      fingerprints_[i % kFingerprints] = word.fingerprint;
      words.PrefetchSlot(word.fasttext);
    }
  }

  // Leaves the buckets in scores.pair_rows.
  [[gnu::always_inline]] inline void FindPairBuckets(size_t begin, size_t end) {
    const BucketTable buckets = tables_.buckets;
    const uint32_t* const hashes = scores_.hashes.data();
    uint32_t* const pairs = scores_.pair_rows.data();
    for (size_t i = begin; i < end; ++i) {
      pairs[i] = buckets.BucketOf(FastTextPairHash(hashes[i], hashes[i + 1]));
      buckets.PrefetchIndex(pairs[i]);
    }
  }

  // Turns these buckets into rows, or kNoRow.
  [[gnu::always_inline]] inline void FindRows(size_t begin, size_t end) {
    const WordTable words = tables_.words;
    const BucketTable buckets = tables_.buckets;
    uint32_t* const pairs = scores_.pair_rows.data();
    for (size_t i = begin; i < end; ++i) words.PrefetchRow(scores_.hashes[i]);
    const size_t pairs_end = tables_.has_pairs ? std::min(end, words_.size() - 1) : begin;
    for (size_t i = begin; i < pairs_end; ++i) {
      uint32_t row = 0;
      const bool is_found = buckets.Find(pairs[i], row);
      const uint32_t all_if_missing =
          static_cast<uint32_t>(is_found) - 1;  // whether it is found is anybody's guess
      pairs[i] = row | all_if_missing;
      PrefetchRow(buckets.rows(), row & ~all_if_missing);
    }
    std::fill(pairs + pairs_end, pairs + end, kNoRow);
  }

  // Stores the rows of known words, and hashes the subwords of the others.
  [[gnu::always_inline]] inline void ScoreWords(size_t begin, size_t end) {
    const WordTable words = tables_.words;
    const uint32_t* const hashes = scores_.hashes.data();
    for (size_t i = begin; i < end; ++i) {
      const WordSlot* slot =
          words.Find({.fasttext = hashes[i], .fingerprint = fingerprints_[i % kFingerprints]},
                     words_[i].size());
      scores_.is_known[i] = slot != nullptr;
      if (slot != nullptr) {
        StoreRow<kSet>(words.rows(), slot->row, true, WordRow(i));
        scores_.word_rows[i] = slot->row_count;
      } else {
        HashSubwords(i);
      }
    }
  }

  [[gnu::always_inline]] inline void ScorePairs(size_t begin, size_t end) {
    const RowBlock rows = tables_.buckets.rows();
    uint32_t* const pairs = scores_.pair_rows.data();
    float* out = scores_.pair.data() + begin * rows.stride;
    for (size_t i = begin; i < end; ++i, out += rows.stride) {
      const bool is_found = pairs[i] != kNoRow;
      StoreRow<kSet>(rows, pairs[i], is_found, out);
      pairs[i] = is_found ? 1 : 0;
    }
  }

  // Leaves their buckets in subwords_.
  [[gnu::always_inline]] inline void HashSubwords(size_t word) {
    std::fill_n(WordRow(word), scores_.stride, 0.0f);
    if (subwords_end_ + SubwordHashes::kRoom > subwords_.size()) {
      FindSubwordRows();
      AddSubwordRows();
    }
    const size_t count = hasher_.Compute(words_[word], tables_.min_char_ngram,
                                         tables_.max_char_ngram, subwords_.data() + subwords_end_);
    if (count == SubwordHashes::kDoesNotFit) {
      scores_.word_rows[word] = AddLongWord(tables_, words_[word], WordRow(word));
      return;
    }
    const BucketTable buckets = tables_.buckets;
    const uint32_t end = subwords_end_ + static_cast<uint32_t>(count);
    buckets.BucketsOf(subwords_.data() + subwords_end_, count);
    for (uint32_t i = subwords_end_; i < end; ++i) buckets.PrefetchIndex(subwords_[i]);
    unknown_[unknown_count_++] = {
        .word = static_cast<uint32_t>(word), .begin = subwords_end_, .end = end};
    subwords_end_ = end;
  }

  // Turns the buckets in subwords_ into rows, closing ranks over those that have none.
  [[gnu::always_inline]] inline void FindSubwordRows() {
    const BucketTable buckets = tables_.buckets;
    uint32_t* const subwords = subwords_.data();
    for (Unknown& unknown : std::span(unknown_).first(unknown_count_)) {
      uint32_t end = unknown.begin;
      for (uint32_t i = unknown.begin; i < unknown.end; ++i) {
        uint32_t row = 0;
        const bool is_found = buckets.Find(subwords[i], row);
        subwords[end] = row;
        end += is_found ? 1 : 0;
      }
      for (uint32_t i = unknown.begin; i < end; ++i) PrefetchRow(buckets.rows(), subwords[i]);
      unknown.end = end;
      scores_.word_rows[unknown.word] = end - unknown.begin;
    }
  }

  [[gnu::always_inline]] inline void AddSubwordRows() {
    for (const Unknown& unknown : std::span(unknown_).first(unknown_count_)) {
      const auto rows = std::span(subwords_).subspan(unknown.begin, unknown.end - unknown.begin);
      AddRows<kSet>(tables_.buckets.rows(), rows, WordRow(unknown.word));
    }
    unknown_count_ = 0;
    subwords_end_ = 0;
  }

  float* WordRow(size_t word) { return scores_.word.data() + word * scores_.stride; }

  const ScoringTables& tables_;
  std::span<const std::string_view> words_;
  WordScores& scores_;
  std::array<uint32_t, kFingerprints> fingerprints_;  // of a block and the word after
  SubwordHashes hasher_;
  std::array<Unknown, kBlockWords> unknown_;
  size_t unknown_count_ = 0;
  std::array<uint32_t, kSubwordRoom> subwords_;  // hashes, then buckets, then rows
  uint32_t subwords_end_ = 0;
};

void ScoreBaseline(const ScoringTables& tables, std::span<const std::string_view> words,
                   WordScores& scores) {
  Passes<InstructionSet::kBaseline>(tables, words, scores).ScoreAll();
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,bmi2,popcnt"))) void ScoreAvx2(
    const ScoringTables& tables, std::span<const std::string_view> words, WordScores& scores) {
  Passes<InstructionSet::kAvx2>(tables, words, scores).ScoreAll();
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
