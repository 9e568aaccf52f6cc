#include "trainer/feature_space.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

constexpr std::string_view kEnd = "</s>";  // fastText's end of line

// fastText's FNV-1a, with its signed characters.
uint32_t Hash(std::string_view text) {
  uint32_t hash = 2166136261u;
  for (const char c : text) {
    hash ^= static_cast<uint32_t>(static_cast<int8_t>(c));
    hash *= 16777619u;
  }
  return hash;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

void AppendCharNgramBuckets(std::string_view word, const FeatureOptions& options,
                            std::vector<uint32_t>& buckets) {
  if (options.max_char_ngram == 0) return;
  const std::string bordered = absl::StrCat("<", AsAbsl(word), ">");
  for (size_t begin = 0; begin < bordered.size(); ++begin) {
    if (IsContinuation(bordered[begin])) continue;
    size_t end = begin;
    for (int n = 1; end < bordered.size() && n <= options.max_char_ngram; ++n) {
      do {
        ++end;
      } while (end < bordered.size() && IsContinuation(bordered[end]));
      const bool is_border = n == 1 && (begin == 0 || end == bordered.size());
      if (n < options.min_char_ngram || is_border) continue;
      buckets.push_back(Hash(std::string_view(bordered).substr(begin, end - begin)) %
                        options.buckets);
    }
  }
}

}  // namespace

FeatureSpace::FeatureSpace(const FeatureOptions& options)
    : options_(options),
      char_documents_(options.buckets, 0),
      char_last_(options.buckets, 0),
      pair_documents_(options.buckets, 0),
      pair_last_(options.buckets, 0) {}

uint32_t FeatureSpace::IdOf(std::string_view word) {
  const auto found = ids_.find(word);
  if (found != ids_.end()) return found->second;
  const auto id = static_cast<uint32_t>(entries_.size());
  ids_.emplace(texts_.emplace_back(word), id);
  entries_.push_back({static_cast<int32_t>(Hash(word)), 0, 0});
  AppendCharNgramBuckets(word, options_, word_buckets_.values);
  word_buckets_.EndList();
  return id;
}

uint32_t FeatureSpace::PairBucket(int32_t first, int32_t second) const {
  uint64_t hash = static_cast<uint64_t>(static_cast<int64_t>(first));
  hash = hash * 116049371u + static_cast<uint64_t>(static_cast<int64_t>(second));
  return static_cast<uint32_t>(hash % options_.buckets);
}

WordIds FeatureSpace::Count(const std::vector<std::string_view>& words) {
  const uint32_t document = ++total_documents_;
  WordIds ids;
  ids.reserve(words.size());
  for (const std::string_view word : words) {
    ids.push_back(IdOf(word));
    WordEntry& entry = entries_[ids.back()];
    if (entry.last_document == document) continue;
    entry.last_document = document;
    ++entry.documents;
    for (const uint32_t bucket : word_buckets_[ids.back()]) {
      if (char_last_[bucket] == document) continue;
      char_last_[bucket] = document;
      ++char_documents_[bucket];
    }
  }
  if (options_.word_ngrams < 2) return ids;
  for (size_t i = 0; i < ids.size(); ++i) {
    const int32_t next =
        i + 1 < ids.size() ? entries_[ids[i + 1]].hash : static_cast<int32_t>(Hash(kEnd));
    const uint32_t bucket = PairBucket(entries_[ids[i]].hash, next);
    if (pair_last_[bucket] == document) continue;
    pair_last_[bucket] = document;
    ++pair_documents_[bucket];
  }
  return ids;
}

void FeatureSpace::Freeze() {
  words_ = {std::string(kEnd)};
  kinds_ = {FeatureKind::kEnd};
  documents_ = {total_documents_};
  std::vector<uint32_t> order(entries_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return entries_[a].documents > entries_[b].documents;
  });
  std::vector<int32_t> word_rows(entries_.size(), -1);
  for (const uint32_t id : order) {
    if (entries_[id].documents < static_cast<uint32_t>(options_.min_word_documents)) break;
    word_rows[id] = static_cast<int32_t>(words_.size());
    words_.push_back(texts_[id]);
    kinds_.push_back(FeatureKind::kWord);
    documents_.push_back(entries_[id].documents);
  }
  bucket_rows_.assign(options_.buckets, -1);
  for (uint32_t bucket = 0; bucket < options_.buckets; ++bucket) {
    const uint32_t chars = char_documents_[bucket];
    const uint32_t pairs = pair_documents_[bucket];
    const bool is_kept = chars >= static_cast<uint32_t>(options_.min_char_documents) ||
                         pairs >= static_cast<uint32_t>(options_.min_pair_documents);
    if (!is_kept) continue;
    bucket_rows_[bucket] = static_cast<int32_t>(kinds_.size());
    kinds_.push_back(pairs > chars ? FeatureKind::kWordPair : FeatureKind::kCharNgram);
    documents_.push_back(std::max(chars, pairs));
  }
  ListRows(word_rows);
}

void FeatureSpace::ListRows(const std::vector<int32_t>& word_rows) {
  for (size_t id = 0; id < entries_.size(); ++id) {
    if (word_rows[id] >= 0) rows_of_word_.values.push_back(word_rows[id]);
    for (const uint32_t bucket : word_buckets_[id]) {
      if (bucket_rows_[bucket] >= 0) rows_of_word_.values.push_back(bucket_rows_[bucket]);
    }
    rows_of_word_.EndList();
  }
  ids_ = {};
  word_buckets_ = {};
  for (auto* counts : {&char_documents_, &char_last_, &pair_documents_, &pair_last_}) *counts = {};
}

void FeatureSpace::AppendRows(std::span<const uint32_t> words, std::vector<int32_t>& rows) const {
  for (const uint32_t id : words) {
    const std::span<const int32_t> of_word = rows_of_word_[id];
    rows.insert(rows.end(), of_word.begin(), of_word.end());
  }
  rows.push_back(0);
  if (options_.word_ngrams < 2) return;
  for (size_t i = 0; i < words.size(); ++i) {
    const int32_t next =
        i + 1 < words.size() ? entries_[words[i + 1]].hash : static_cast<int32_t>(Hash(kEnd));
    const int32_t row = bucket_rows_[PairBucket(entries_[words[i]].hash, next)];
    if (row >= 0) rows.push_back(row);
  }
}

std::vector<int32_t> FeatureSpace::Prune(const std::vector<bool>& keep) {
  std::vector<int32_t> renumbered(kinds_.size(), -1);
  size_t kept = 0;
  size_t kept_words = 0;
  for (size_t row = 0; row < kinds_.size(); ++row) {
    if (row != 0 && !keep[row]) continue;
    renumbered[row] = static_cast<int32_t>(kept);
    if (row < words_.size()) words_[kept_words++] = words_[row];
    kinds_[kept] = kinds_[row];
    documents_[kept] = documents_[row];
    ++kept;
  }
  words_.resize(kept_words);
  kinds_.resize(kept);
  documents_.resize(kept);
  for (int32_t& row : bucket_rows_) {
    if (row >= 0) row = renumbered[static_cast<size_t>(row)];
  }
  Lists<int32_t> rows;
  for (size_t id = 0; id < entries_.size(); ++id) {
    for (const int32_t row : rows_of_word_[id]) {
      if (renumbered[static_cast<size_t>(row)] >= 0)
        rows.values.push_back(renumbered[static_cast<size_t>(row)]);
    }
    rows.EndList();
  }
  rows_of_word_ = std::move(rows);
  return renumbered;
}

}  // namespace rubricator
