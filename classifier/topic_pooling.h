// From the scores of words to one logit a label: windows of the text, pooled by the bundle's rule.
#ifndef RUBRICATOR_CLASSIFIER_TOPIC_POOLING_H_
#define RUBRICATOR_CLASSIFIER_TOPIC_POOLING_H_

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "classifier/compiled_topic_model.h"
#include "classifier/pooling_rule.h"

namespace rubricator {

// Half-open runs of words. Windows of `window_words` words begin half a window apart; the last one
// ends with the text and is as long as the others, if the text is. One empty window for no words.
std::vector<std::pair<size_t, size_t>> SplitIntoWindows(size_t words, size_t window_words);

// The logits of a text and of its windows, and what a rule makes of them.
class PooledScores {
 public:
  // `scores` of all words of a text by `model`. All three are borrowed.
  PooledScores(const CompiledTopicModel& model, const WordScores& scores, const PoolingRule& rule);

  // What the weights of a label (an index into the model's labels) are multiplied with:
  // rule.WeightCount(labels) values, cross features by the model's labels.
  std::vector<double> Features(size_t label) const;

  // bias + Σ weight · feature. `weights` are rule.WeightCount(labels).
  double Logit(size_t label, double bias, std::span<const double> weights) const;

  // What each word adds to Logit(): half of a pair's row goes to each of its two words. These, the
  // bias, and the terms of lengths, line ends and other labels make up the logit.
  std::vector<double> Contributions(size_t label, std::span<const double> weights) const;

 private:
  struct Window {
    size_t begin;
    size_t end;
    double scale;  // rows^-length_exponent
  };
  // All windows of one width, with the logits of all labels.
  struct WindowSet {
    size_t window_words;  // 0: the text as one line
    std::vector<Window> windows;
    std::vector<float> logits;  // [windows][labels]
  };

  void SumPrefixes();
  void CrossLabels();
  void ScoreWindows(const CompiledTopicModel& model, WindowSet& set);
  const WindowSet& SetOf(const PoolingFeature& feature) const;
  // The windows that a statistic takes the mean of, for one label.
  std::vector<size_t> Chosen(const PoolingFeature& feature, const WindowSet& set,
                             size_t label) const;
  double FeatureValue(const PoolingFeature& feature, size_t label) const;
  double MeanLogit(const WindowSet& set, size_t label) const;
  // The mean of the kCount greatest; of fewer, the least again.
  template <size_t kCount>
  double GreatestLogits(const WindowSet& set, size_t label) const;

  const WordScores& scores_;
  const PoolingRule& rule_;
  size_t labels_;
  size_t total_rows_ = 0;
  std::vector<WindowSet> sets_;
  std::vector<double> cross_;  // [cross features][labels]: sigmoids
  std::vector<float> prefix_;  // [words + 1][labels]: sum of word and pair rows before a word
  std::vector<size_t> prefix_rows_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_TOPIC_POOLING_H_
