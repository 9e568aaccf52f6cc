#include "trainer/archive_flags.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr const char* kFields[] = {"id",    "lang", "source", "date",
                                   "title", "body", "topics", "regions"};

}  // namespace

void AddArchiveFlags(CLI::App& command, ArchiveFlags& flags) {
  static const std::map<std::string, ArchiveFormat> kFormats = {
      {"auto", ArchiveFormat::kByExtension},
      {"jsonl", ArchiveFormat::kJsonLines},
      {"csv", ArchiveFormat::kCommaSeparated},
      {"tsv", ArchiveFormat::kTabSeparated},
      {"wordpress", ArchiveFormat::kWordPressExport}};
  ArchiveOptions& options = flags.options;
  const std::string group = "How to read articles";
  command
      .add_option("--format", options.format,
                  "auto (by the file's name), jsonl, csv, tsv or wordpress")
      ->transform(CLI::CheckedTransformer(kFormats))
      ->default_str("auto")
      ->group(group);
  command
      .add_option("--column", flags.columns,
                  "CSV, TSV: FIELD=COLUMN; fields: id lang source date title body topics regions")
      ->group(group);
  command
      .add_option("--label-separator", options.label_separator,
                  "CSV, TSV: between the labels of a cell")
      ->capture_default_str()
      ->check(CLI::Validator(
          [](const std::string& text) { return std::string(text.empty() ? "is empty" : ""); },
          "TEXT", "not empty"))
      ->group(group);
  command
      .add_flag("!--no-quotes", options.has_quotes,
                "CSV, TSV: a quotation mark is a character like others")
      ->group(group);
  command
      .add_option("--terms", options.terms,
                  "WordPress: taxonomies whose terms become labels: category, post_tag, …")
      ->capture_default_str()
      ->group(group);
  command.add_option("--post-types", options.post_types, "WordPress: posts to read")
      ->capture_default_str()
      ->group(group);
  command.add_flag("--html", options.is_html, "Titles and bodies are HTML (WordPress' always are)")
      ->group(group);
  command
      .add_option("--language", options.language,
                  "Language of articles that name none; default: detected")
      ->group(group);
  command
      .add_option("--map-labels", flags.label_map,
                  "File of lines FROM<TAB>TO; an empty TO drops the label")
      ->group(group);
}

void AddCorrectionsFlag(CLI::App& command, ArchiveFlags& flags) {
  command.add_option("--corrections", flags.corrections,
                     "Editors' corrections to lay over the articles: a file of JSON Lines, "
                     "sqlite:/path/to/file or postgresql://user@host/database");
}

absl::StatusOr<ArchiveOptions> ResolveArchiveFlags(const ArchiveFlags& flags) {
  ArchiveOptions options = flags.options;
  for (const std::string& column : flags.columns) {
    const size_t equals = column.find('=');
    const std::string field = column.substr(0, equals);
    if (equals == std::string::npos ||
        std::find(std::begin(kFields), std::end(kFields), field) == std::end(kFields)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--column ", column,
          ": is not FIELD=COLUMN; fields: id, lang, source, date, title, body, topics, regions"));
    }
    options.columns[field] = column.substr(equals + 1);
  }
  if (!flags.label_map.empty()) {
    ASSIGN_OR_RETURN(options.labels, LabelMap::Read(flags.label_map));
  }
  if (!flags.corrections.empty()) {
    ASSIGN_OR_RETURN(CorrectedLabels corrections, CorrectedLabels::Read(flags.corrections));
    options.corrections = std::make_shared<CorrectedLabels>(std::move(corrections));
  }
  return options;
}

}  // namespace rubricator
