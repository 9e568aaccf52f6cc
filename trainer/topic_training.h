// From labelled articles to a topic model and the rules by which it decides.
#ifndef RUBRICATOR_TRAINER_TOPIC_TRAINING_H_
#define RUBRICATOR_TRAINER_TOPIC_TRAINING_H_

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/model_manifest.h"
#include "trainer/evaluation.h"
#include "trainer/feature_space.h"
#include "trainer/judged_article.h"
#include "trainer/labelled_article.h"
#include "trainer/linear_trainer.h"
#include "trainer/topic_corpus.h"

namespace rubricator {

struct TopicTrainingOptions {
  FeatureOptions features;
  LinearOptions linear;
  size_t max_rows = 400'000;  // kept after pruning; 14 bytes each and a little more for words
  int folds = 4;              // of cross-validation, >= 2
  int threads = 2;            // folds trained at once
  PoolingRule pooling;        // features to pool by; its length_exponent is linear.length_exponent
  // of a text over kLongTextWords words, in learning to pool: they are few
  double long_text_weight = 10.0;
  // labelled texts to learn the pooling from; 14 topics need 4 kB each
  size_t max_pooled_texts = 100'000;
  std::filesystem::path
      work_folder;  // finished parts stay here until the caller removes it; empty: in the bundle's
  bool resumes = false;              // goes on from what `work_folder` holds
  std::function<bool()> is_stopped;  // asked now and then, from any thread; empty: never
  // L2 of the pooling weights of standardised features, for each text learned from
  double pooling_penalty = 5e-4;
};
inline constexpr size_t kLongTextWords = 150;

struct TrainedTopics {
  std::vector<TopicLabel> rules;  // weights, bias and threshold of each of the labels asked for
  double lone_topic_confidence = 1.0;  // for the manifest
  // of the labelled articles without parts, each by a model that has not seen it
  Evaluation cross_validated;
  std::vector<JudgedArticle> judged;  // the same, one by one
  size_t rows = 0;                    // of the model
  size_t words = 0;
};

// Trains on a finished corpus (unlabelled texts only count for the vocabulary, or teach by their
// topic_scores) and writes topics.ftz (for libfasttext) and topics.rows (for the engine) into
// `folder`. `labels`: the taxonomy, with empty rules. Thresholds and pooling come from
// cross-validation; near duplicates share a fold. The same input and options give the same files.
// Errors: INVALID_ARGUMENT fewer than two labels, a label without an article, fewer labelled
// articles than folds; CANCELLED stopped; UNKNOWN with the system's message: after these two the
// work folder keeps what is finished; else as TrainingWork and the writers. Rows beyond max_rows
// are taken out of the corpus.
absl::StatusOr<TrainedTopics> TrainTopics(TopicCorpus& corpus,
                                          const std::vector<TopicLabel>& labels,
                                          const TopicTrainingOptions& options,
                                          const std::filesystem::path& folder);

// The rules and figures alone, without a model; the corpus stays whole. The work folder is always
// begun anew and removed. Errors: as above.
absl::StatusOr<TrainedTopics> CrossValidateTopics(const TopicCorpus& corpus,
                                                  const std::vector<TopicLabel>& labels,
                                                  const TopicTrainingOptions& options);

// The same as the first, of articles in memory.
absl::StatusOr<TrainedTopics> TrainTopics(const std::vector<LabelledArticle>& articles,
                                          const std::vector<TopicLabel>& labels,
                                          const TopicTrainingOptions& options,
                                          const std::filesystem::path& folder);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TOPIC_TRAINING_H_
