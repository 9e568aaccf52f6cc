#include "classifier/topic_evidence.h"

#include <algorithm>

#include "classifier/function_words.h"

namespace rubricator {
namespace {

constexpr size_t kMaxSpanWords = 6;    // longer runs say where, but no longer what
constexpr double kStrongShare = 0.25;  // of the strongest word: such neighbours belong to one run

bool IsNumber(std::string_view form) {
  return std::all_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
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
      begin >= 2 && words[begin - 1].joins_previous && words[begin - 1].is_function_word;
  return can_skip && is_strong[begin - 2] ? begin - 2 : begin;
}

size_t ExtendRight(std::span<const EvidenceWord> words, const std::vector<bool>& is_strong,
                   size_t end) {
  if (end == words.size() || !words[end].joins_previous) return end;
  if (is_strong[end]) return end + 1;
  const bool can_skip =
      end + 1 < words.size() && words[end + 1].joins_previous && words[end].is_function_word;
  return can_skip && is_strong[end + 1] ? end + 2 : end;
}

// Words by falling contribution, the earlier of equals first. Few of them are ever asked for.
class StrongestFirst {
  auto IsWeaker() const {
    return [this](size_t a, size_t b) {
      return contributions_[a] != contributions_[b] ? contributions_[a] < contributions_[b] : a > b;
    };
  }

 public:
  StrongestFirst(std::span<const EvidenceWord> words, std::span<const double> contributions)
      : contributions_(contributions) {
    for (size_t i = 0; i < words.size(); ++i) {
      if (contributions[i] > 0.0 && words[i].carries_meaning) heap_.push_back(i);
    }
    std::make_heap(heap_.begin(), heap_.end(), IsWeaker());
  }
  bool empty() const { return heap_.empty(); }
  const std::vector<size_t>& left() const { return heap_; }  // in no order but the first
  size_t Take() {
    std::pop_heap(heap_.begin(), heap_.end(), IsWeaker());
    const size_t word = heap_.back();
    heap_.pop_back();
    return word;
  }

 private:
  std::span<const double> contributions_;
  std::vector<size_t> heap_;
};

}  // namespace

EvidenceWord::EvidenceWord(std::string_view form, bool joins)
    : joins_previous(joins),
      is_function_word(IsFunctionWord(form)),
      carries_meaning(!is_function_word && !IsNumber(form)) {}

std::vector<EvidenceSpan> StrongestSpans(std::span<const EvidenceWord> words,
                                         std::span<const double> contributions, size_t max_spans) {
  StrongestFirst order(words, contributions);
  std::vector<bool> is_strong(words.size(), false);
  for (const size_t i : order.left())
    is_strong[i] = contributions[i] >= kStrongShare * contributions[order.left()[0]];
  std::vector<EvidenceSpan> spans;
  std::vector<bool> is_taken(words.size(), false);
  const auto may_grow_to = [&](size_t begin, size_t end, size_t new_begin, size_t new_end) {
    if (new_end - new_begin > kMaxSpanWords || (new_begin == begin && new_end == end)) return false;
    for (size_t i = new_begin; i < new_end; ++i) {
      if (is_taken[i]) return false;
    }
    return true;
  };
  while (!order.empty() && spans.size() < max_spans) {
    const size_t seed = order.Take();
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
