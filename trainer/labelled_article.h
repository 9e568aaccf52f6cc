// An article with the labels that an editor or annotator gave it.
#ifndef RUBRICATOR_TRAINER_LABELLED_ARTICLE_H_
#define RUBRICATOR_TRAINER_LABELLED_ARTICLE_H_

#include <string>
#include <vector>

namespace rubricator {

struct LabelledArticle {
  std::string id;
  std::string language;  // BCP 47 primary tag; empty: unknown
  std::string source;    // outlet or feed; empty: unknown
  std::string title;     // plain text, UTF-8
  std::string body;      // plain text, UTF-8; a line end ends a paragraph
  bool is_labelled = false;          // `topics` was given, be it empty
  std::vector<std::string> topics;   // ids, most important first; empty: none of them
  std::vector<std::string> regions;  // focus countries, main one first
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_LABELLED_ARTICLE_H_
