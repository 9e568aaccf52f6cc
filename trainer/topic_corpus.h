// The articles of a training run as numbered words: small enough for a million of them.
#ifndef RUBRICATOR_TRAINER_TOPIC_CORPUS_H_
#define RUBRICATOR_TRAINER_TOPIC_CORPUS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/model_manifest.h"
#include "classifier/tokenizer.h"
#include "trainer/feature_space.h"
#include "trainer/labelled_article.h"
#include "trainer/near_duplicates.h"

namespace rubricator {

// The words of title and body, one after the other, as the classifier sees them.
class ArticleWords {
 public:
  // Borrowed from this object until the next call.
  const std::vector<std::string_view>& Read(const LabelledArticle& article);

 private:
  TokenizedText title_, body_;
  std::vector<std::string_view> words_;
};

// Collects articles, counts their features and forgets what they said.
class TopicCorpus {
 public:
  struct Text {
    LabelledArticle article;  // without body, and without title unless asked for
    WordIds words;            // numbered by space()
    size_t fold = 0;          // of cross-validation
  };

  // `keeps_titles`: for a report that shows them.
  explicit TopicCorpus(const FeatureOptions& features, bool keeps_titles = false);
  TopicCorpus(const TopicCorpus& other);  // of a finished one
  TopicCorpus(TopicCorpus&&) = default;

  void Add(LabelledArticle article);
  // Ends adding: numbers the features, puts near duplicates (and the paragraphs of one article)
  // into one fold of `folds`, and takes every label that is not in `labels` off the articles.
  void Finish(int folds, const std::vector<TopicLabel>& labels);

  // How many labelled articles carry each label, before Finish().
  const std::map<std::string, size_t>& label_counts() const { return label_counts_; }
  const std::vector<Text>& texts() const { return texts_; }
  size_t labelled_count() const { return labelled_count_; }
  // Languages of at least one in 200 labelled articles, sorted.
  std::vector<std::string> Languages() const;

  FeatureSpace& space() { return *space_; }
  const FeatureSpace& space() const { return *space_; }

  // A number that differs where words, labels, scores or folds of the texts do.
  uint64_t Fingerprint() const;

 private:
  bool keeps_titles_;
  std::unique_ptr<FeatureSpace> space_;
  ArticleWords reader_;
  NearDuplicates duplicates_;
  std::vector<Text> texts_;
  std::map<std::string, size_t> label_counts_;
  size_t labelled_count_ = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TOPIC_CORPUS_H_
