#include "trainer/report_figures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

namespace rubricator {
namespace {

constexpr size_t kCurvePoints = 80;
constexpr size_t kSources = 15;

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// (confidence, is gold) of one topic, most confident first; `missed` gets gold articles that the
// model abstained from.
std::vector<std::pair<float, bool>> Ranked(const std::vector<JudgedArticle>& articles,
                                           const std::string& topic, size_t index, size_t& gold) {
  std::vector<std::pair<float, bool>> ranked;
  gold = 0;
  for (const JudgedArticle& article : articles) {
    const bool is_gold = Contains(article.gold, topic);
    gold += is_gold ? 1 : 0;
    if (!article.confidences.empty()) ranked.emplace_back(article.confidences[index], is_gold);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  return ranked;
}

std::string LengthOf(const JudgedArticle& article) {
  if (article.words < 100) return "under 100 words";
  return article.words <= 300 ? "100 to 300 words" : "over 300 words";
}

std::vector<ArticleGroup> GroupBy(const std::vector<JudgedArticle>& articles,
                                  const std::function<std::string(const JudgedArticle&)>& name_of) {
  std::map<std::string, std::vector<JudgedArticle>> groups;
  for (const JudgedArticle& article : articles) {
    const std::string name = name_of(article);
    groups[name.empty() ? "unknown" : name].push_back(article);
  }
  std::vector<ArticleGroup> sorted;
  for (auto& [name, members] : groups) sorted.push_back({name, std::move(members)});
  std::stable_sort(sorted.begin(), sorted.end(), [](const ArticleGroup& a, const ArticleGroup& b) {
    return a.articles.size() > b.articles.size();
  });
  return sorted;
}

}  // namespace

std::vector<CurvePoint> PrecisionRecallCurve(const std::vector<JudgedArticle>& articles,
                                             const std::string& topic, size_t index) {
  size_t gold = 0;
  const auto ranked = Ranked(articles, topic, index, gold);
  std::vector<CurvePoint> curve;
  if (gold == 0) return curve;
  size_t found = 0;
  double next_recall = 0.0;
  for (size_t i = 0; i < ranked.size(); ++i) {
    found += ranked[i].second ? 1 : 0;
    if (i + 1 < ranked.size() && ranked[i + 1].first == ranked[i].first) continue;
    const double recall = static_cast<double>(found) / static_cast<double>(gold);
    if (recall < next_recall || found == 0) continue;
    curve.push_back({recall, static_cast<double>(found) / static_cast<double>(i + 1)});
    next_recall = recall + 1.0 / kCurvePoints;
  }
  return curve;
}

CurvePoint PointAt(const std::vector<JudgedArticle>& articles, const std::string& topic,
                   size_t index, double threshold) {
  size_t gold = 0;
  size_t given = 0;
  size_t found = 0;
  for (const auto& [confidence, is_gold] : Ranked(articles, topic, index, gold)) {
    if (confidence < threshold) break;
    ++given;
    found += is_gold ? 1 : 0;
  }
  CurvePoint point;
  if (gold > 0) point.recall = static_cast<double>(found) / static_cast<double>(gold);
  if (given > 0) point.precision = static_cast<double>(found) / static_cast<double>(given);
  return point;
}

std::array<ReliabilityBin, 10> ReliabilityBins(const std::vector<JudgedArticle>& articles,
                                               const std::string& topic, size_t index) {
  std::array<ReliabilityBin, 10> bins;
  for (const JudgedArticle& article : articles) {
    if (article.confidences.empty()) continue;
    const double confidence = article.confidences[index];
    ReliabilityBin& bin =
        bins[static_cast<size_t>(std::clamp(static_cast<int>(confidence * 10.0), 0, 9))];
    ++bin.decisions;
    bin.confidence += confidence;
    bin.right += Contains(article.gold, topic) ? 1.0 : 0.0;
  }
  for (ReliabilityBin& bin : bins) {
    if (bin.decisions == 0) continue;
    bin.confidence /= static_cast<double>(bin.decisions);
    bin.right /= static_cast<double>(bin.decisions);
  }
  return bins;
}

std::vector<std::vector<size_t>> Confusions(const std::vector<JudgedArticle>& articles,
                                            const std::vector<TopicLabel>& topics) {
  std::vector<std::vector<size_t>> counts(topics.size(), std::vector<size_t>(topics.size(), 0));
  for (const JudgedArticle& article : articles) {
    std::vector<size_t> missed, wrong;
    for (size_t i = 0; i < topics.size(); ++i) {
      const bool is_gold = Contains(article.gold, topics[i].id);
      const bool is_given = Contains(article.given, topics[i].id);
      if (is_gold && !is_given) missed.push_back(i);
      if (is_given && !is_gold) wrong.push_back(i);
    }
    for (const size_t i : missed) {
      for (const size_t j : wrong) ++counts[i][j];
    }
  }
  return counts;
}

std::vector<ReportedError> WorstErrors(const std::vector<JudgedArticle>& articles,
                                       const std::vector<TopicLabel>& topics, size_t count) {
  std::vector<std::pair<double, ReportedError>> errors;  // how sure, and of what
  for (const JudgedArticle& article : articles) {
    double surest = 0.0;
    ReportedError error{&article, 0, false, 0.0};
    for (size_t i = 0; i < article.confidences.size(); ++i) {
      const bool is_gold = Contains(article.gold, topics[i].id);
      const bool is_given = Contains(article.given, topics[i].id);
      if (is_gold == is_given) continue;
      const double confidence = article.confidences[i];
      const double sureness = is_gold ? 1.0 - confidence : confidence;
      if (sureness <= surest) continue;
      surest = sureness;
      error = {&article, i, is_gold, confidence};
    }
    if (surest > 0.0) errors.emplace_back(surest, error);
  }
  std::stable_sort(errors.begin(), errors.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  // A missed topic is always surer than a given one: half of each.
  std::vector<ReportedError> worst;
  size_t missed = 0;
  size_t wrong = 0;
  for (const auto& [sureness, error] : errors) {
    size_t& of_kind = error.is_missed ? missed : wrong;
    if (of_kind >= count / 2) continue;
    ++of_kind;
    worst.push_back(error);
  }
  std::stable_partition(worst.begin(), worst.end(),
                        [](const ReportedError& error) { return !error.is_missed; });
  return worst;
}

std::vector<std::pair<std::string, std::vector<ArticleGroup>>> GroupArticles(
    const std::vector<JudgedArticle>& articles) {
  std::vector<std::pair<std::string, std::vector<ArticleGroup>>> groups;
  groups.emplace_back(
      "Language", GroupBy(articles, [](const JudgedArticle& article) { return article.language; }));
  groups.emplace_back("Length", GroupBy(articles, LengthOf));
  std::sort(groups.back().second.begin(), groups.back().second.end(),
            [](const ArticleGroup& a, const ArticleGroup& b) {
              return a.articles.front().words < b.articles.front().words;
            });
  groups.emplace_back(
      "Source", GroupBy(articles, [](const JudgedArticle& article) { return article.source; }));
  if (groups.back().second.size() > kSources) groups.back().second.resize(kSources);
  return groups;
}

}  // namespace rubricator
