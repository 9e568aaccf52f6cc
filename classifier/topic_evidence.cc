#include "classifier/topic_evidence.h"

#include <algorithm>

#include "classifier/function_words.h"

namespace rubricator {
namespace {

constexpr size_t kMaxSpanWords = 6;    // longer runs say where, but no longer what
constexpr double kStrongShare = 0.25;  // of the strongest word: such neighbours belong to one run

bool CarriesMeaning(std::string_view form) {
  const bool is_number =
      std::all_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !is_number && !IsFunctionWord(form);
}

double Sum(std::span<const double> values, size_t begin, size_t end) {
  double sum = 0.0;
  for (size_t i = begin; i < end; ++i) sum += values[i];
  return sum;
}

// Where the run that ends before `begin` goes on to the left: the next strong word, over at most
// one function word.
size_t ExtendLeft(std::span<const EvidenceWord> words, const std::vector<bool>& is_strong,
                  size_t begin) {
  if (begin == 0 || !words[begin].joins_previous) return begin;
  if (is_strong[begin - 1]) return begin - 1;
  const bool can_skip =
      begin >= 2 && words[begin - 1].joins_previous && IsFunctionWord(words[begin - 1].form);
  return can_skip && is_strong[begin - 2] ? begin - 2 : begin;
}

size_t ExtendRight(std::span<const EvidenceWord> words, const std::vector<bool>& is_strong,
                   size_t end) {
  if (end == words.size() || !words[end].joins_previous) return end;
  if (is_strong[end]) return end + 1;
  const bool can_skip =
      end + 1 < words.size() && words[end + 1].joins_previous && IsFunctionWord(words[end].form);
  return can_skip && is_strong[end + 1] ? end + 2 : end;
}

}  // namespace

std::vector<EvidenceSpan> StrongestSpans(std::span<const EvidenceWord> words,
                                         std::span<const double> contributions, size_t max_spans) {
  std::vector<size_t> order;
  for (size_t i = 0; i < words.size(); ++i) {
    if (contributions[i] > 0.0 && CarriesMeaning(words[i].form)) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return contributions[a] > contributions[b]; });
  std::vector<bool> is_strong(words.size(), false);
  for (const size_t i : order)
    is_strong[i] = contributions[i] >= kStrongShare * contributions[order[0]];
  std::vector<EvidenceSpan> spans;
  std::vector<bool> is_taken(words.size(), false);
  const auto may_grow_to = [&](size_t begin, size_t end, size_t new_begin, size_t new_end) {
    if (new_end - new_begin > kMaxSpanWords || (new_begin == begin && new_end == end)) return false;
    for (size_t i = new_begin; i < new_end; ++i) {
      if (is_taken[i]) return false;
    }
    return true;
  };
  for (const size_t seed : order) {
    if (spans.size() == max_spans) break;
    if (is_taken[seed]) continue;
    size_t begin = seed;
    size_t end = seed + 1;
    while (true) {
      const size_t left = ExtendLeft(words, is_strong, begin);
      const size_t right = ExtendRight(words, is_strong, end);
      if (may_grow_to(begin, end, left, end)) {
        begin = left;
      } else if (may_grow_to(begin, end, begin, right)) {
        end = right;
      } else {
        break;
      }
    }
    const double contribution = Sum(contributions, begin, end);
    std::fill(is_taken.begin() + static_cast<ptrdiff_t>(begin),
              is_taken.begin() + static_cast<ptrdiff_t>(end), true);
    if (contribution > 0.0) spans.push_back({begin, end, contribution});
  }
  std::stable_sort(spans.begin(), spans.end(), [](const EvidenceSpan& a, const EvidenceSpan& b) {
    return a.contribution > b.contribution;
  });
  return spans;
}

}  // namespace rubricator
