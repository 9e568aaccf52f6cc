// Measures gazetteer matching, and the whole region analysis, of a 500-word Russian article on one
// core. usage: gazetteer_benchmark BUNDLE_FOLDER
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "classifier/region_analyzer.h"

namespace {

using rubricator::TokenizedText;
using Clock = std::chrono::steady_clock;

constexpr size_t kWords = 500;
constexpr int kRuns = 2000;
// Written for this benchmark.
constexpr char kParagraph[] =
    "Президенты России и Киргизии провели переговоры в Бишкеке. Стороны обсудили охрану границы, "
    "поставки топлива и "
    "строительство школ с преподаванием на русском языке. По словам киргизского лидера, "
    "товарооборот двух стран вырос "
    "на четырнадцать процентов, а российские компании готовы вложить средства в новые предприятия "
    "Ошской области. "
    "Днём ранее делегация посетила Алма-Ату, где встретилась с казахстанскими коллегами и "
    "представителями ЕАЭС. "
    "Участники договорились вернуться к обсуждению осенью, когда в столице откроется выставка "
    "современного искусства.\n";

// Median time of one call, in microseconds.
template <typename Work>
double Median(const Work& work) {
  std::vector<double> times;
  for (int i = 0; i < kRuns; ++i) {
    const auto begin = Clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
  return times[kRuns / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: gazetteer_benchmark BUNDLE_FOLDER\n");
    return 2;
  }
  const auto begin = Clock::now();
  const auto analyzer = rubricator::RegionAnalyzer::Load(argv[1]);
  if (!analyzer.ok()) {
    std::fprintf(stderr, "%s\n", analyzer.status().ToString().c_str());
    return 1;
  }
  const double load = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  TokenizedText title;
  TokenizedText body;
  std::string text;
  while (body.size() < kWords) {
    text += kParagraph;
    rubricator::Tokenize(text, body);
  }
  std::vector<rubricator::NameMatch> matches;
  const double match = Median([&] {
    matches.clear();
    (*analyzer)->gazetteer().Match(body, matches);
  });
  const double analyze =
      Median([&] { (*analyzer)->Analyze(title, "", body, text, "ru", std::nullopt, false); });
  std::printf("load %.1f ms; %zu words: match %.1f us (%zu names), whole region analysis %.1f us\n",
              load, body.size(), match, matches.size(), analyze);
  return 0;
}
