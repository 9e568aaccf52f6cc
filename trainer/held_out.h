// Articles that a model is to be judged on, and so must never learn from.
#ifndef RUBRICATOR_TRAINER_HELD_OUT_H_
#define RUBRICATOR_TRAINER_HELD_OUT_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "trainer/labelled_article.h"
#include "trainer/near_duplicates.h"
#include "trainer/topic_corpus.h"

namespace rubricator {

class HeldOutArticles {
 public:
  void Add(const LabelledArticle& article);
  // Whether the article is one of them by its id, or tells the same story in the same words as one
  // of them.
  bool Cover(const LabelledArticle& article);
  bool empty() const { return signatures_.empty(); }

 private:
  std::unordered_set<std::string> ids_;
  std::vector<TextSignature> signatures_;
  std::unordered_multimap<uint64_t, size_t> bands_;  // to signatures_
  ArticleWords words_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_HELD_OUT_H_
