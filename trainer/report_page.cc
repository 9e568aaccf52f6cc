#include "trainer/report_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "absl/strings/str_replace.h"
#include "trainer/bundle_evaluation.h"
#include "trainer/report_assets.h"
#include "trainer/report_figures.h"

namespace rubricator {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kErrorsShown = 40;

double Rounded(double value) { return std::round(value * 1e4) / 1e4; }

std::string NameOf(const TopicLabel& topic) {
  const auto english = topic.names.find("en");
  return english == topic.names.end() ? topic.id : english->second;
}

std::vector<std::string> NamesOf(const std::vector<std::string>& ids,
                                 const std::vector<TopicLabel>& topics) {
  std::vector<std::string> names;
  for (const std::string& id : ids) {
    const auto found = std::find_if(topics.begin(), topics.end(),
                                    [&](const TopicLabel& topic) { return topic.id == id; });
    names.push_back(found == topics.end() ? id : NameOf(*found));
  }
  return names;
}

Json BinsOf(const std::array<ReliabilityBin, 10>& bins) {
  Json json = Json::array();
  for (const ReliabilityBin& bin : bins)
    json.push_back({Rounded(bin.confidence), Rounded(bin.right), bin.decisions});
  return json;
}

Json TopicOf(const ReportInput& input, const Evaluation& evaluation, size_t index) {
  const TopicLabel& topic = input.topics[index];
  const auto found = evaluation.labels().find(topic.id);
  const LabelCounts counts = found == evaluation.labels().end() ? LabelCounts() : found->second;
  Json json = {{"name", NameOf(topic)},
               {"gold", counts.true_positives + counts.false_negatives},
               {"precision", Rounded(counts.Precision())},
               {"recall", Rounded(counts.Recall())},
               {"f1", Rounded(counts.F1())},
               {"threshold", Rounded(topic.threshold)},
               {"calibration_error", Rounded(evaluation.CalibrationError(topic.id))}};
  json["curve"] = Json::array();
  for (const CurvePoint& point : PrecisionRecallCurve(input.articles, topic.id, index)) {
    json["curve"].push_back({Rounded(point.recall), Rounded(point.precision)});
  }
  const CurvePoint chosen = PointAt(input.articles, topic.id, index, topic.threshold);
  json["point"] = {Rounded(chosen.recall), Rounded(chosen.precision)};
  json["bins"] = BinsOf(ReliabilityBins(input.articles, topic.id, index));
  json["words"] = Json::array();
  const auto words = input.words.find(topic.id);
  if (words == input.words.end()) return json;
  for (const TopicWord& word : words->second)
    json["words"].push_back({word.word, Rounded(word.weight)});
  return json;
}

// The bins of all topics together.
Json AllBins(const ReportInput& input) {
  std::array<ReliabilityBin, 10> all;
  for (size_t topic = 0; topic < input.topics.size(); ++topic) {
    const auto bins = ReliabilityBins(input.articles, input.topics[topic].id, topic);
    for (size_t i = 0; i < all.size(); ++i) {
      const double weight = static_cast<double>(bins[i].decisions);
      all[i].confidence += bins[i].confidence * weight;
      all[i].right += bins[i].right * weight;
      all[i].decisions += bins[i].decisions;
    }
  }
  for (ReliabilityBin& bin : all) {
    if (bin.decisions == 0) continue;
    bin.confidence /= static_cast<double>(bin.decisions);
    bin.right /= static_cast<double>(bin.decisions);
  }
  return BinsOf(all);
}

Json GroupsOf(const ReportInput& input) {
  Json groups = Json::array();
  for (const auto& [name, parts] : GroupArticles(input.articles)) {
    Json json = {{"name", name}, {"parts", Json::array()}};
    for (const ArticleGroup& part : parts) {
      const Evaluation evaluation = EvaluationOf(part.articles, input.topics);
      json["parts"].push_back({{"name", part.name},
                               {"articles", part.articles.size()},
                               {"micro_f1", Rounded(evaluation.MicroF1())},
                               {"macro_f1", Rounded(evaluation.MacroF1())}});
    }
    groups.push_back(std::move(json));
  }
  return groups;
}

Json ErrorsOf(const ReportInput& input) {
  Json errors = Json::array();
  for (const ReportedError& error : WorstErrors(input.articles, input.topics, kErrorsShown)) {
    Json json = {{"id", error.article->id},
                 {"kind", error.is_missed ? "missed" : "wrong"},
                 {"topic", NameOf(input.topics[error.topic])},
                 {"confidence", Rounded(error.confidence)},
                 {"gold", NamesOf(error.article->gold, input.topics)},
                 {"given", NamesOf(error.article->given, input.topics)}};
    if (input.has_titles) json["title"] = error.article->title;
    errors.push_back(std::move(json));
  }
  return errors;
}

}  // namespace

std::string WriteReport(const ReportInput& input) {
  const Evaluation evaluation = EvaluationOf(input.articles, input.topics);
  Json figures = {{"version", input.version},
                  {"created", input.created_at},
                  {"basis", input.basis},
                  {"articles", input.articles.size()},
                  {"macro_f1", Rounded(evaluation.MacroF1())},
                  {"micro_f1", Rounded(evaluation.MicroF1())},
                  {"calibration_error", Rounded(evaluation.CalibrationError())},
                  {"has_titles", input.has_titles},
                  {"topics", Json::array()},
                  {"bins", AllBins(input)},
                  {"confusions", Confusions(input.articles, input.topics)},
                  {"groups", GroupsOf(input)},
                  {"errors", ErrorsOf(input)}};
  for (size_t i = 0; i < input.topics.size(); ++i)
    figures["topics"].push_back(TopicOf(input, evaluation, i));
  const std::string text = figures.dump(-1, ' ', false, Json::error_handler_t::replace);
  // Whatever an archive holds, it cannot end the script element.
  const std::string safe = absl::StrReplaceAll(text, {{"<", "\\u003c"}});
  return absl::StrReplaceAll(kReportPage, {{"@CHARTS_STYLE@", kChartsStyle},
                                           {"@STYLE@", kReportStyle},
                                           {"@FIGURES@", safe},
                                           {"@CHARTS@", kCharts},
                                           {"@SCRIPT@", kReportScript}});
}

}  // namespace rubricator
