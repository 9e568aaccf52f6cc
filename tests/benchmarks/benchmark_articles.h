// The articles that benchmarks classify: tests/benchmarks/articles/ and examples/articles/.
#ifndef RUBRICATOR_TESTS_BENCHMARKS_BENCHMARK_ARTICLES_H_
#define RUBRICATOR_TESTS_BENCHMARKS_BENCHMARK_ARTICLES_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "classifier/article.h"
#include "classifier/tokenizer.h"

namespace rubricator::benchmarks {

// models/default.
std::filesystem::path Bundle();

// tests/benchmarks/articles/visit.html: 300 Russian words as WordPress stores them.
Article VisitArticle();

// The example articles in file order, each body cut to at most `max_body_bytes` at a paragraph's
// end; those of which less than 7/10 of that are left are left out.
std::vector<Article> ArticlesOfSize(size_t max_body_bytes);

// A text as the engine gets it.
struct TokenizedArticle {
  std::string text;  // plain
  TokenizedText tokens;
};

// The first `words` tokens of the Russian example articles after VisitArticle(), as one text.
TokenizedArticle RussianText(size_t words);

}  // namespace rubricator::benchmarks

#endif  // RUBRICATOR_TESTS_BENCHMARKS_BENCHMARK_ARTICLES_H_
