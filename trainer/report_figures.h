// The figures of a model report, counted from judged articles.
#ifndef RUBRICATOR_TRAINER_REPORT_FIGURES_H_
#define RUBRICATOR_TRAINER_REPORT_FIGURES_H_

#include <array>
#include <string>
#include <vector>

#include "classifier/model_manifest.h"
#include "trainer/judged_article.h"

namespace rubricator {

struct CurvePoint {
  double recall = 0.0;
  double precision = 0.0;
};

// Precision and recall of a topic (an index into the confidences) at every threshold, by falling
// threshold, thinned to at most 80 points; empty without an article of the topic.
std::vector<CurvePoint> PrecisionRecallCurve(const std::vector<JudgedArticle>& articles,
                                             const std::string& topic, size_t index);

// The point of that curve at a threshold.
CurvePoint PointAt(const std::vector<JudgedArticle>& articles, const std::string& topic,
                   size_t index, double threshold);

struct ReliabilityBin {
  double confidence = 0.0;  // mean
  double right = 0.0;       // share
  size_t decisions = 0;
};

// Ten bins of equal width of one topic's confidences.
std::array<ReliabilityBin, 10> ReliabilityBins(const std::vector<JudgedArticle>& articles,
                                               const std::string& topic, size_t index);

// [missed][given]: articles in which topic i was missed while topic j was given wrongly.
std::vector<std::vector<size_t>> Confusions(const std::vector<JudgedArticle>& articles,
                                            const std::vector<TopicLabel>& topics);

struct ReportedError {
  const JudgedArticle* article;
  size_t topic;
  bool is_missed;  // else given wrongly
  double confidence;
};

// The at most `count` decisions in which the model was surest and wrong, surest first; an article
// stands once.
std::vector<ReportedError> WorstErrors(const std::vector<JudgedArticle>& articles,
                                       const std::vector<TopicLabel>& topics, size_t count);

struct ArticleGroup {
  std::string name;
  std::vector<JudgedArticle> articles;
};

// Articles by language (most articles first), by length in words, and by source (the 15 with most
// articles).
std::vector<std::pair<std::string, std::vector<ArticleGroup>>> GroupArticles(
    const std::vector<JudgedArticle>& articles);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_REPORT_FIGURES_H_
