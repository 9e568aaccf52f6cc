#include "tests/benchmarks/benchmark_articles.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include "classifier/plain_text.h"

namespace rubricator::benchmarks {
namespace {

const std::filesystem::path kRoot = RUBRICATOR_SOURCE_DIR;

[[noreturn]] void Fail(const std::filesystem::path& path, const char* what) {
  std::fprintf(stderr, "%s: %s\n", path.c_str(), what);
  std::exit(1);
}

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Fail(path, "cannot be read");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// An HTML article begins with its title in <h1>, a plain one with a line.
Article ReadArticle(const std::filesystem::path& path) {
  const std::string text = ReadText(path);
  const bool is_html = path.extension() == ".html";
  const std::string_view open = is_html ? "<h1>" : "";
  const std::string_view close = is_html ? "</h1>" : "\n";
  const size_t end = text.find(close);
  if (!text.starts_with(open) || end == std::string::npos) Fail(path, "has no title");
  Article article;
  article.id = path.stem();
  article.format = is_html ? TextFormat::kHtml : TextFormat::kPlain;
  article.title = text.substr(open.size(), end - open.size());
  article.body = text.substr(end + close.size());
  return article;
}

std::vector<std::filesystem::path> ExamplePaths() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / "examples/articles")) {
    const auto extension = entry.path().extension();
    const bool is_article = extension == ".html" || extension == ".txt";
    if (is_article && entry.path().stem() != "README") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool IsRussian(const Article& article) {
  return static_cast<unsigned char>(article.title.front()) >= 0xD0;
}

std::string PlainBody(const Article& article) {
  if (article.format == TextFormat::kPlain) return article.body;
  return PlainText::FromHtml(article.body).value().text();
}

}  // namespace

std::filesystem::path Bundle() { return kRoot / "models/default"; }

Article VisitArticle() { return ReadArticle(kRoot / "tests/benchmarks/articles/visit.html"); }

std::vector<Article> ArticlesOfSize(size_t max_body_bytes) {
  std::vector<Article> articles;
  for (const auto& path : ExamplePaths()) {
    Article article = ReadArticle(path);
    // Blocks of HTML, and paragraphs of text, end with a line.
    if (article.body.size() > max_body_bytes)
      article.body.resize(article.body.rfind('\n', max_body_bytes));
    if (article.body.size() * 10 >= max_body_bytes * 7) articles.push_back(std::move(article));
  }
  if (articles.empty()) Fail(kRoot / "examples/articles", "has no article of that size");
  return articles;
}

TokenizedArticle RussianText(size_t words) {
  std::string text = PlainBody(VisitArticle());
  for (const auto& path : ExamplePaths()) {
    const Article article = ReadArticle(path);
    if (IsRussian(article)) text.append("\n").append(PlainBody(article));
  }
  TokenizedArticle article;
  Tokenize(text, article.tokens);
  if (article.tokens.size() < words) Fail(kRoot / "examples/articles", "has too few Russian words");
  text.resize(article.tokens.tokens()[words - 1].end);
  Tokenize(text, article.tokens);
  article.text = std::move(text);
  return article;
}

}  // namespace rubricator::benchmarks
