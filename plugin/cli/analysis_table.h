// The table that `rubricator classify` prints: title, topics with confidence, countries, desk,
// milliseconds.
#ifndef RUBRICATOR_PLUGIN_CLI_ANALYSIS_TABLE_H_
#define RUBRICATOR_PLUGIN_CLI_ANALYSIS_TABLE_H_

#include <map>
#include <string>
#include <vector>

#include "plugin/cli/terminal.h"
#include "plugin/cli/text_table.h"
#include "rubricator/v1/article.pb.h"
#include "rubricator/v1/classification_service.pb.h"

namespace rubricator::cli {

// Rows come out as they are added; the summary counts them. Not thread-safe.
class AnalysisTable {
 public:
  explicit AnalysisTable(Terminal terminal);

  std::string Heading() const;
  // `milliseconds`: from request to answer, as the caller saw it.
  std::string Row(const v1::Article& article, const v1::ClassifyResult& result,
                  double milliseconds);
  // "20 articles: 19 classified, 1 with too little text · median 1.3 ms · model 2026-11-22.1".
  std::string Summary() const;

 private:
  struct Widths {
    size_t title, topics, countries, desk, time;
  };
  static Widths WidthsFor(size_t columns);

  const Terminal terminal_;
  const Widths widths_;
  const TextTable table_;
  std::map<v1::Outcome, size_t> outcomes_;
  size_t failed_ = 0;
  std::vector<float> milliseconds_;  // of answered articles
  std::string model_version_;        // of the last answer
};

// The title, or where there is none, the beginning of the body; safe to print.
std::string ShownTitle(const v1::Article& article);

// How sure 0.83 is, as a colour: good from 0.8, fair from 0.5.
Style ConfidenceStyle(double confidence);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_ANALYSIS_TABLE_H_
