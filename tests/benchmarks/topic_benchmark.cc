// Topic scores of the shipped model: the compiled rows beside libfasttext on the .ftz file.
#include <benchmark/benchmark.h>
#include <fasttext/fasttext.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/compiled_topic_model.h"
#include "classifier/topic_pooling.h"
#include "tests/benchmarks/benchmark_articles.h"

namespace rubricator::benchmarks {
namespace {

constexpr size_t kWords = 300;

std::vector<std::string_view> Forms(const TokenizedText& tokens) {
  std::vector<std::string_view> forms;
  for (size_t i = 0; i < tokens.size(); ++i) forms.push_back(tokens.Form(i));
  return forms;
}

// Probabilities of one line, as fastText understands a text.
std::vector<float> LineLogits(const CompiledTopicModel& model,
                              const std::vector<std::string_view>& words, WordScores& scores) {
  model.Score(words, scores);
  std::vector<float> sum(scores.stride);
  size_t rows = model.AddEnd(std::span(sum).first(scores.labels));
  rows += model.AddPairWithEnd(scores.hashes.back(), std::span(sum).first(scores.labels));
  for (size_t i = 0; i < words.size(); ++i) {
    rows += scores.word_rows[i] + scores.pair_rows[i];
    const float* word = scores.word.data() + i * scores.stride;
    const float* pair = scores.pair.data() + i * scores.stride;
    for (size_t label = 0; label < scores.stride; ++label) sum[label] += word[label] + pair[label];
  }
  for (float& value : sum) value /= static_cast<float>(rows);
  return sum;
}

// Splits the normalised text at its spaces, as libfasttext has to.
void SplitAtSpaces(std::string_view line, std::vector<std::string_view>& words) {
  words.clear();
  while (!line.empty()) {
    const size_t size = line.find(' ');
    words.push_back(line.substr(0, size));
    line.remove_prefix(words.back().size() + 1);
  }
}

void BM_TopicScores_Engine(benchmark::State& state) {
  const auto model = CompiledTopicModel::Open(Bundle() / "topics.rows").value();
  const TokenizedArticle article = RussianText(kWords);
  const std::string line(article.tokens.forms());
  WordScores scores;
  std::vector<std::string_view> words;
  for (auto _ : state) {
    SplitAtSpaces(line, words);
    benchmark::DoNotOptimize(LineLogits(*model, words, scores));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kWords));
}
BENCHMARK(BM_TopicScores_Engine)->Unit(benchmark::kMicrosecond);

void BM_TopicScores_FastText(benchmark::State& state) {
  fasttext::FastText model;
  model.loadModel(Bundle() / "topics.ftz");
  const std::string line = std::string(RussianText(kWords).tokens.forms()) + "\n";
  std::vector<std::pair<fasttext::real, std::string>> predictions;
  for (auto _ : state) {
    std::istringstream in(line);
    model.predictLine(in, predictions, model.getDictionary()->nlabels(), 0.0f);
    benchmark::DoNotOptimize(predictions);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kWords));
}
BENCHMARK(BM_TopicScores_FastText)->Unit(benchmark::kMicrosecond);

void BM_ModelLoad_Engine(benchmark::State& state) {
  const TokenizedArticle article = RussianText(kWords);
  const std::vector<std::string_view> words = Forms(article.tokens);
  for (auto _ : state) {
    const auto model = CompiledTopicModel::Open(Bundle() / "topics.rows").value();
    WordScores scores;
    benchmark::DoNotOptimize(LineLogits(*model, words, scores));
  }
}
BENCHMARK(BM_ModelLoad_Engine)->Unit(benchmark::kMicrosecond);

void BM_ModelLoad_FastText(benchmark::State& state) {
  for (auto _ : state) {
    fasttext::FastText model;
    model.loadModel(Bundle() / "topics.ftz");
    benchmark::DoNotOptimize(model.getDimension());
  }
}
BENCHMARK(BM_ModelLoad_FastText)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace rubricator::benchmarks
