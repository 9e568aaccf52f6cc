// An article with the labels that an editor or annotator gave it.
#ifndef RUBRICATOR_TRAINER_LABELLED_ARTICLE_H_
#define RUBRICATOR_TRAINER_LABELLED_ARTICLE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rubricator {

struct LabelledArticle {
  std::string id;
  std::string language;                // BCP 47 primary tag; empty: unknown
  std::string source;                  // outlet or feed; empty: unknown
  std::string title;                   // plain text, UTF-8
  std::string body;                    // plain text, UTF-8; a line end ends a paragraph
  float weight = 1.0f;                 // in training regions, > 0
  std::optional<double> published_at;  // seconds since 1970-01-01 UTC
  bool is_corrected = false;           // the labels are an editor's correction
  bool is_labelled = false;            // `topics` was given, be it empty
  bool is_part = false;                // one or two paragraphs of an article that is there too
  std::vector<std::string> topics;     // ids, most important first; empty: none of them
  bool has_regions = false;            // `regions` was given, be it empty
  std::vector<std::string> regions;    // focus countries, main one first
  bool is_mentions = false;  // `regions` are all the countries that the text names, not its focus
  // A teacher model's probabilities in [0, 1] by topic id, to learn from beside or instead of
  // `topics`; may be empty.
  std::map<std::string, double> topic_scores;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_LABELLED_ARTICLE_H_
