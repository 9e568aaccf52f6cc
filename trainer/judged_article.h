// An article with what a model said of it beside what an annotator said: what a report is made of.
#ifndef RUBRICATOR_TRAINER_JUDGED_ARTICLE_H_
#define RUBRICATOR_TRAINER_JUDGED_ARTICLE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace rubricator {

struct JudgedArticle {
  std::string id;        // may be empty
  std::string title;     // empty unless titles were asked for: texts belong to their publisher
  std::string language;  // BCP 47 primary tag; empty: unknown
  std::string source;    // empty: unknown
  size_t words = 0;
  std::vector<std::string> gold;   // the annotator's topics
  std::vector<std::string> given;  // the model's
  std::vector<float>
      confidences;  // of every topic, in the order of the taxonomy; empty: the model abstained
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_JUDGED_ARTICLE_H_
