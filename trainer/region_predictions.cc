// Decides the regions of JSON Lines articles with a bundle's region files, for scoring.
// usage: region_predictions BUNDLE_FOLDER < articles.jsonl > predictions.jsonl
#include <algorithm>
#include <iostream>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "classifier/region_analyzer.h"
#include "nlohmann/json.hpp"

namespace rubricator {
namespace {

using nlohmann::json;

std::optional<double> DateOf(const json& article) {
  const auto date = article.find("date");
  absl::Time time;
  std::string problem;
  if (date == article.end() || !date->is_string() ||
      !absl::ParseTime("%Y-%m-%d", date->get<std::string>().substr(0, 10), &time, &problem)) {
    return std::nullopt;
  }
  return absl::ToDoubleSeconds(time - absl::UnixEpoch());
}

bool NamesIt(const Region& region) {
  return std::any_of(region.evidence.begin(), region.evidence.end(), [](const Evidence& evidence) {
    return evidence.kind != EvidenceKind::kInstitution;
  });
}

json Predict(const RegionAnalyzer& analyzer, const json& article) {
  const std::string title = article.value("title", "");
  const std::string body = article.value("body", "");
  TokenizedText title_tokens;
  TokenizedText body_tokens;
  Tokenize(title, title_tokens);
  Tokenize(body, body_tokens);
  json prediction = {{"id", article.at("id")},
                     {"topics", json::array()},
                     {"regions", json::array()},
                     {"mentioned", json::array()},
                     {"confidence", json::object()}};
  for (const Region& region : analyzer.Analyze(title_tokens, title, body_tokens, body,
                                               article.value("lang", ""), DateOf(article), true)) {
    if (region.role == RegionRole::kFocus) prediction["regions"].push_back(region.code);
    if (NamesIt(region)) prediction["mentioned"].push_back(region.code);
    prediction["confidence"][region.code] = region.confidence;
  }
  return prediction;
}

int Main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: region_predictions BUNDLE_FOLDER < articles.jsonl\n";
    return 2;
  }
  const auto analyzer = RegionAnalyzer::Load(argv[1]);
  if (!analyzer.ok()) {
    std::cerr << analyzer.status() << "\n";
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);) {
    const json article = json::parse(line, nullptr, false);
    if (!article.is_object() || !article.contains("id")) {
      std::cerr << "not an article with an id\n";
      return 1;
    }
    std::cout << Predict(**analyzer, article).dump() << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace rubricator

int main(int argc, char** argv) { return rubricator::Main(argc, argv); }
