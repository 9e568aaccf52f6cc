// The words that spoke for a topic.
#ifndef RUBRICATOR_CLASSIFIER_TOPIC_EVIDENCE_H_
#define RUBRICATOR_CLASSIFIER_TOPIC_EVIDENCE_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace rubricator {

// A run of words, as indices into the article's words.
struct EvidenceSpan {
  size_t begin;         // first word
  size_t end;           // past the last word
  double contribution;  // sum over the run, > 0
};

// One word of the article, as evidence sees it.
struct EvidenceWord {
  // `form`: normalised. `joins`: nothing but a space or a hyphen stands between it and the word
  // before.
  EvidenceWord(std::string_view form, bool joins);

  bool joins_previous;
  bool is_function_word;
  bool carries_meaning;  // neither that nor a number
};

// The at most `max_spans` runs that add most, strongest first: strong words, merged with strong
// neighbours. Function words and numbers only stand inside a run. `contributions` of the words, in
// order.
std::vector<EvidenceSpan> StrongestSpans(std::span<const EvidenceWord> words,
                                         std::span<const double> contributions, size_t max_spans);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_TOPIC_EVIDENCE_H_
