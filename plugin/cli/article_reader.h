// Articles from files: text, HTML, JSON and JSON Lines.
#ifndef RUBRICATOR_PLUGIN_CLI_ARTICLE_READER_H_
#define RUBRICATOR_PLUGIN_CLI_ARTICLE_READER_H_

#include <cstdint>
#include <deque>
#include <fstream>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "rubricator/v1/article.pb.h"

namespace rubricator::cli {

enum class InputFormat { kDetect, kText, kHtml, kJson, kJsonLines };

struct InputArticle {
  v1::Article article;  // its id: as given, else the place
  std::string place;    // "news.jsonl:17", "visit.html"
};

// One reader over all inputs, in their order; memory is that of one article. Not thread-safe.
class ArticleReader {
 public:
  struct Options {
    InputFormat format = InputFormat::kDetect;
    std::string language;  // of every article that names none itself
  };
  // Told of each input that cannot be used: "news.jsonl:17: not JSON: …".
  using Complain = std::function<void(const std::string& message)>;

  // A path is a file, "-" (stdin), or a folder, which stands for its .txt, .html, .htm, .jsonl and
  // .ndjson files by name. kDetect goes by the ending, for stdin by the first character; other
  // endings are text.
  ArticleReader(const std::vector<std::string>& paths, Options options, Complain complain);

  // The next article; none at the end. A bad line or file is complained of, counted and passed
  // over. A blank line is nothing.
  std::optional<InputArticle> Next();

  // Lines and files passed over so far.
  size_t failed() const { return failed_; }
  // Of regular files; `total` is 0 when stdin or a pipe is among the inputs.
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t bytes_total() const { return bytes_total_; }

 private:
  void AddPath(const std::string& path);
  bool OpenNext();
  std::optional<InputArticle> ReadLine();
  void ReadWholeFile();
  void Fail(const std::string& place, const std::string& problem);

  const Options options_;
  const Complain complain_;
  std::deque<std::string> paths_;  // still to be opened
  std::ifstream file_;
  std::istream* input_ = nullptr;            // file_ or stdin; null between inputs
  std::string name_;                         // of the input: its path, "stdin"
  InputFormat format_ = InputFormat::kText;  // of the input
  uint64_t line_ = 0;
  std::deque<InputArticle> ready_;  // of a file that holds several
  size_t failed_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t bytes_total_ = 0;
};

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_ARTICLE_READER_H_
