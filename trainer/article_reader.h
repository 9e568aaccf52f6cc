// Labelled articles from JSON Lines, as a newsroom's export or annotators write them.
#ifndef RUBRICATOR_TRAINER_ARTICLE_READER_H_
#define RUBRICATOR_TRAINER_ARTICLE_READER_H_

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "trainer/label_map.h"
#include "trainer/labelled_article.h"

namespace rubricator {

// A longer line is a broken export, and would be read into memory whole.
inline constexpr size_t kMaxLineBytes = 16 << 20;

// A line that could not be used.
struct BadLine {
  std::filesystem::path file;
  size_t line;          // from 1; 0: not known
  std::string problem;  // never the line's text
};

// Reads a .jsonl file, plain or gzip, line by line: objects with `title`, `body`, `topics`,
// `regions`, `lang`, `source`, `mentioned` (instead of `regions`: all countries named), `id`,
// `date` (ISO 8601), `topic_scores`, `weight` (all but one of title and body optional; others
// ignored). With `paragraphs` ([{"t", "topics"}]), each paragraph with 20 words or more, and each
// two neighbours, are articles of their own besides. Calls `article` for each good line and
// `bad_line` for each bad one (not JSON, no text, invalid UTF-8, a field of the wrong type, a label
// that is empty or holds white space). Errors: NOT_FOUND no such file; DATA_LOSS a line over
// kMaxLineBytes or a broken gzip stream.
absl::Status ReadArticles(const std::filesystem::path& file,
                          const std::function<void(LabelledArticle)>& article,
                          const std::function<void(BadLine)>& bad_line,
                          const LabelMap& labels = {});

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_ARTICLE_READER_H_
