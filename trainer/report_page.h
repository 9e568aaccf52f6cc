// report.html: how well a model decides, for people to read in a browser.
#ifndef RUBRICATOR_TRAINER_REPORT_PAGE_H_
#define RUBRICATOR_TRAINER_REPORT_PAGE_H_

#include <map>
#include <string>
#include <vector>

#include "classifier/model_manifest.h"
#include "trainer/judged_article.h"
#include "trainer/topic_words.h"

namespace rubricator {

struct ReportInput {
  std::string version;
  std::string created_at;  // RFC 3339
  std::string basis;       // what the figures are of: "cross-validated on the training articles"
  std::vector<TopicLabel> topics;  // in the order of the confidences
  std::vector<JudgedArticle> articles;
  std::map<std::string, std::vector<TopicWord>> words;  // by topic; may be empty
  bool has_titles = false;  // show the articles' titles beside their ids
};

// One static page with its charts and figures inside, which loads nothing. Under 400 kB for 30
// topics.
std::string WriteReport(const ReportInput& input);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_REPORT_PAGE_H_
