// Labelled articles from a newsroom's archive, whatever it was exported as.
#ifndef RUBRICATOR_TRAINER_ARCHIVE_READER_H_
#define RUBRICATOR_TRAINER_ARCHIVE_READER_H_

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "trainer/article_reader.h"
#include "trainer/corrected_labels.h"
#include "trainer/label_map.h"
#include "trainer/labelled_article.h"

namespace rubricator {

enum class ArchiveFormat {
  kByExtension,     // .jsonl, .csv, .tsv, .xml or .wxr; each also with .gz
  kJsonLines,       // trainer/article_reader.h
  kCommaSeparated,  // trainer/separated_reader.h
  kTabSeparated,
  kWordPressExport,  // trainer/wordpress_reader.h
};

struct ArchiveOptions {
  ArchiveFormat format = ArchiveFormat::kByExtension;
  // CSV and TSV: the column of a field (id, lang, source, date, title, body, topics, regions); else
  // the field's name.
  std::map<std::string, std::string> columns;
  std::string label_separator =
      ";";  // CSV and TSV: between the labels of one cell; at least one character
  // CSV and TSV: RFC 4180; false: a quotation mark is a character like others
  bool has_quotes = true;
  std::vector<std::string> terms = {
      "category"};  // WordPress: the taxonomies whose terms become labels
  std::vector<std::string> post_types = {"post"};  // WordPress: the posts to read
  bool is_html = false;  // titles and bodies are HTML; WordPress' always are
  std::string language;  // BCP 47 primary tag of articles that name none; empty: detected
  LabelMap labels;
  // Laid over what is read, before HTML becomes text, for the hash is of the text as sent; null:
  // none.
  std::shared_ptr<CorrectedLabels> corrections;
};

// What is said of an article before it is used: its language, where nothing names it.
void CompleteLanguage(const ArchiveOptions& options, LabelledArticle& article);

// Reads a file in order, never all of it at once. Calls `article` for each good one and `bad_line`
// for each line, record or item that cannot be used. Errors: INVALID_ARGUMENT an extension that is
// none of the above, or no such column; else as the reader of the format.
absl::Status ReadArchive(const std::filesystem::path& file, const ArchiveOptions& options,
                         const std::function<void(LabelledArticle)>& article,
                         const std::function<void(BadLine)>& bad_line);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_ARCHIVE_READER_H_
