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

std::vector<uint32_t> CharNgramBuckets(std::string_view word, const FeatureOptions& options) {
  std::vector<uint32_t> buckets;
  if (options.max_char_ngram == 0) return buckets;
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
      buckets.push_back(Hash(std::string_view(bordered).substr(begin, end - begin)) % options.buckets);
    }
  }
  return buckets;
}

}  // namespace

FeatureSpace::FeatureSpace(const FeatureOptions& options)
    : options_(options),
      char_documents_(options.buckets, 0),
      char_last_(options.buckets, 0),
      pair_documents_(options.buckets, 0),
      pair_last_(options.buckets, 0) {}

uint32_t FeatureSpace::IdOf(std::string_view word) {
  const auto [found, is_new] = ids_.try_emplace(std::string(word), static_cast<uint32_t>(entries_.size()));
  if (is_new) {
    WordEntry& entry = entries_.emplace_back();
    entry.text = word;
    entry.hash = static_cast<int32_t>(Hash(word));
    entry.buckets = CharNgramBuckets(word, options_);
  }
  return found->second;
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
    for (const uint32_t bucket : entry.buckets) {
      if (char_last_[bucket] == document) continue;
      char_last_[bucket] = document;
      ++char_documents_[bucket];
    }
  }
  if (options_.word_ngrams < 2) return ids;
  for (size_t i = 0; i < ids.size(); ++i) {
    const int32_t next = i + 1 < ids.size() ? entries_[ids[i + 1]].hash : static_cast<int32_t>(Hash(kEnd));
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
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return entries_[a].documents > entries_[b].documents; });
  word_rows_.assign(entries_.size(), -1);
  for (const uint32_t id : order) {
    if (entries_[id].documents < static_cast<uint32_t>(options_.min_word_documents)) break;
    word_rows_[id] = static_cast<int32_t>(words_.size());
    words_.push_back(entries_[id].text);
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
  FillWordRows();
}

void FeatureSpace::FillWordRows() {
  for (size_t id = 0; id < entries_.size(); ++id) {
    WordEntry& entry = entries_[id];
    entry.rows.clear();
    if (word_rows_[id] >= 0) entry.rows.push_back(word_rows_[id]);
    for (const uint32_t bucket : entry.buckets) {
      if (bucket_rows_[bucket] >= 0) entry.rows.push_back(bucket_rows_[bucket]);
    }
  }
}

void FeatureSpace::AppendRows(const WordIds& words, std::vector<int32_t>& rows) const {
  for (const uint32_t id : words) {
    const std::vector<int32_t>& of_word = entries_[id].rows;
    rows.insert(rows.end(), of_word.begin(), of_word.end());
  }
  rows.push_back(0);
  if (options_.word_ngrams < 2) return;
  for (size_t i = 0; i < words.size(); ++i) {
    const int32_t next = i + 1 < words.size() ? entries_[words[i + 1]].hash : static_cast<int32_t>(Hash(kEnd));
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
  const auto renumber = [&](int32_t& row) {
    if (row >= 0) row = renumbered[static_cast<size_t>(row)];
  };
  std::for_each(word_rows_.begin(), word_rows_.end(), renumber);
  std::for_each(bucket_rows_.begin(), bucket_rows_.end(), renumber);
  FillWordRows();
  return renumbered;
}

}  // namespace rubricator
