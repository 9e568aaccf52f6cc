// Articles that a model is to be judged on, and so must never learn from.
#ifndef RUBRICATOR_TRAINER_HELD_OUT_H_
#define RUBRICATOR_TRAINER_HELD_OUT_H_

#include <string>
#include <unordered_set>
#include <vector>

#include "trainer/labelled_article.h"
#include "trainer/topic_corpus.h"

namespace rubricator {

class HeldOutArticles {
 public:
  void Add(const LabelledArticle& article);
  // Whether the article is one of them by its id, or tells the same story in the same words as one of them.
  bool Cover(const LabelledArticle& article);
  bool empty() const { return articles_ == 0; }

 private:
  size_t articles_ = 0;
  std::unordered_set<std::string> ids_;
  std::unordered_set<uint64_t> bands_;
  ArticleWords words_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_HELD_OUT_H_
