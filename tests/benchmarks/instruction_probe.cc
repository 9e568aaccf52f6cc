// Classifies tests/benchmarks/articles/visit.html so many times, for callgrind to count: see
// tests/instructions_test.py. instruction_probe TIMES
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "classifier/block_scorer.h"
#include "classifier/classifier.h"
#include "classifier/compiled_model_view.h"
#include "classifier/mapped_file.h"
#include "tests/benchmarks/benchmark_articles.h"

namespace rubricator::benchmarks {

// The engine by the instructions of any CPU, for the best one's count depends on the machine.
// Named, and not inlined, so that callgrind tells its cost.
[[gnu::noinline]] void ScoreByBaseline(const ScoringTables& tables,
                                       const std::vector<std::string_view>& words,
                                       WordScores& scores) {
  BaselineBlockScorer()(tables, words, scores);
}

void ScoreWords(int times) {
  const MappedFile file = MappedFile::Open(Bundle() / "topics.rows").value();
  const CompiledModelView view = CompiledModelView::Parse(file.bytes()).value();
  const ScoringTables tables(view);
  const TokenizedArticle article = RussianText(300);
  std::vector<std::string_view> words;
  for (size_t i = 0; i < article.tokens.size(); ++i) words.push_back(article.tokens.Form(i));
  WordScores scores;
  const auto model = CompiledTopicModel::FromBytes(file.bytes()).value();
  model->Score(words, scores);  // makes room
  for (int i = 0; i < times; ++i) ScoreByBaseline(tables, words, scores);
}

int Classify(int times) {
  const auto classifier = Classifier::Load(Bundle());
  if (!classifier.ok()) {
    std::fprintf(stderr, "%s\n", classifier.status().ToString().c_str());
    return 1;
  }
  const Article article = VisitArticle();
  for (int i = 0; i < times; ++i) {
    if (!(*classifier)->Classify(article, {.include_evidence = true}).ok()) return 1;
  }
  return 0;
}

}  // namespace rubricator::benchmarks

int main(int argc, char** argv) {
  const int times = argc == 2 ? std::atoi(argv[1]) : 0;
  if (times < 1) {
    std::fprintf(stderr, "usage: instruction_probe TIMES\n");
    return 2;
  }
  rubricator::benchmarks::ScoreWords(times);
  return rubricator::benchmarks::Classify(times);
}
