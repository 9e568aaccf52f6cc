// An article on its way: the whole pipeline, its stages, and what loading a bundle takes.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "classifier/classifier.h"
#include "classifier/language_detector.h"
#include "classifier/plain_text.h"
#include "classifier/region_analyzer.h"
#include "classifier/tokenizer.h"
#include "tests/benchmarks/benchmark_articles.h"

namespace rubricator::benchmarks {
namespace {

constexpr size_t kGazetteerWords = 500;

void Classify(benchmark::State& state, bool include_evidence) {
  const auto classifier = Classifier::Load(Bundle()).value();
  const Article article = VisitArticle();
  for (auto _ : state) {
    const auto analysis = classifier->Classify(article, {.include_evidence = include_evidence});
    benchmark::DoNotOptimize(analysis);
  }
}
void BM_Pipeline(benchmark::State& state) { Classify(state, false); }
void BM_Pipeline_Explained(benchmark::State& state) { Classify(state, true); }
BENCHMARK(BM_Pipeline)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_Pipeline_Explained)->Unit(benchmark::kMicrosecond);

void BM_Stage_HtmlToText(benchmark::State& state) {
  const Article article = VisitArticle();
  for (auto _ : state) benchmark::DoNotOptimize(PlainText::FromHtml(article.body));
}
BENCHMARK(BM_Stage_HtmlToText)->Unit(benchmark::kMicrosecond);

void BM_Stage_Tokenize(benchmark::State& state) {
  const std::string text = PlainText::FromHtml(VisitArticle().body).value().text();
  TokenizedText tokens;
  for (auto _ : state) {
    Tokenize(text, tokens);
    benchmark::DoNotOptimize(tokens.size());
  }
}
BENCHMARK(BM_Stage_Tokenize)->Unit(benchmark::kMicrosecond);

void BM_Stage_Language(benchmark::State& state) {
  const std::string text = PlainText::FromHtml(VisitArticle().body).value().text();
  for (auto _ : state) benchmark::DoNotOptimize(DetectLanguage(text, {"ru", "en"}));
}
BENCHMARK(BM_Stage_Language)->Unit(benchmark::kMicrosecond);

void BM_Stage_Regions(benchmark::State& state) {
  const auto analyzer = RegionAnalyzer::Load(Bundle()).value();
  const Article article = VisitArticle();
  const std::string text = PlainText::FromHtml(article.body).value().text();
  TokenizedText title, body;
  Tokenize(article.title, title);
  Tokenize(text, body);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        analyzer->Analyze(title, article.title, body, text, "ru", std::nullopt, false));
  }
}
BENCHMARK(BM_Stage_Regions)->Unit(benchmark::kMicrosecond);

void BM_Gazetteer_500Words(benchmark::State& state) {
  const auto analyzer = RegionAnalyzer::Load(Bundle()).value();
  const TokenizedArticle article = RussianText(kGazetteerWords);
  std::vector<NameMatch> matches;
  for (auto _ : state) {
    matches.clear();
    analyzer->gazetteer().Match(article.tokens, matches);
    benchmark::DoNotOptimize(matches.data());
  }
  state.counters["names"] = static_cast<double>(matches.size());
}
BENCHMARK(BM_Gazetteer_500Words)->Unit(benchmark::kMicrosecond);

void BM_BundleLoad(benchmark::State& state) {
  const Article article = VisitArticle();
  for (auto _ : state) {
    const auto classifier = Classifier::Load(Bundle()).value();
    benchmark::DoNotOptimize(classifier->Classify(article, {}));
  }
}
BENCHMARK(BM_BundleLoad)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rubricator::benchmarks
