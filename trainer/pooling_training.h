// Learns the rule by which the scores of a text and its windows become confidences and decisions.
#ifndef RUBRICATOR_TRAINER_POOLING_TRAINING_H_
#define RUBRICATOR_TRAINER_POOLING_TRAINING_H_

#include <string>
#include <vector>

#include "trainer/labelled_article.h"
#include "trainer/topic_corpus.h"
#include "trainer/topic_training.h"

namespace rubricator {

// Pooled features of one text, for all labels, by a model that has not seen the text.
struct PooledText {
  const TopicCorpus::Text* text;
  std::vector<std::vector<double>> features;  // [labels][features]
};

// Weights, bias and threshold of every label, the lone topic's confidence, and how well they decide
// `texts` (at least one): each text by weights that had not seen it. `rows` and `words` of the
// result are left 0. Deterministic.
TrainedTopics LearnPooling(const std::vector<PooledText>& texts,
                           const std::vector<TopicLabel>& labels,
                           const TopicTrainingOptions& options);

// Whether an annotator gave the article this topic.
bool Carries(const LabelledArticle& article, const std::string& topic);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_POOLING_TRAINING_H_
