#include "trainer/separated_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "classifier/code_point.h"
#include "classifier/status_macros.h"
#include "trainer/article_date.h"
#include "trainer/separated_records.h"

namespace rubricator {
namespace {

constexpr const char* kFields[] = {"id",    "lang", "source", "date",
                                   "title", "body", "topics", "regions"};

// Where each field stands in a record.
class Columns {
 public:
  static absl::StatusOr<Columns> Match(const std::vector<std::string>& header,
                                       const ArchiveOptions& options) {
    Columns columns;
    for (const char* field : kFields) {
      const auto asked = options.columns.find(field);
      const std::string name = asked == options.columns.end() ? field : asked->second;
      const auto found = std::find(header.begin(), header.end(), name);
      if (found != header.end())
        columns.places_[field] = static_cast<size_t>(found - header.begin());
      if (found == header.end() && asked != options.columns.end()) {
        return absl::InvalidArgumentError(
            absl::StrCat("has no column \"", name, "\"; it has: ", absl::StrJoin(header, ", ")));
      }
    }
    if (!columns.Has("title") && !columns.Has("body")) {
      return absl::InvalidArgumentError(absl::StrCat(
          "has neither a column \"title\" nor \"body\"; it has: ", absl::StrJoin(header, ", "),
          "; name them by --column"));
    }
    return columns;
  }

  bool Has(const std::string& field) const { return places_.count(field) > 0; }
  std::string Get(const std::string& field, std::vector<std::string>& record) const {
    const auto found = places_.find(field);
    return found == places_.end() ? "" : std::move(record[found->second]);
  }

 private:
  std::map<std::string, size_t> places_;
};

absl::Status ReadLabels(const std::string& cell, const std::string& separator,
                        const LabelMap& names, std::vector<std::string>& labels) {
  for (const absl::string_view label : absl::StrSplit(cell, separator)) {
    const std::string stripped(absl::StripAsciiWhitespace(label));
    if (!stripped.empty()) RETURN_IF_ERROR(names.Append(stripped, labels));
  }
  return absl::OkStatus();
}

absl::StatusOr<LabelledArticle> ReadRecord(const Columns& columns, const ArchiveOptions& options,
                                           std::vector<std::string>& record) {
  for (const std::string& field : record) {
    if (!IsValidUtf8(field)) return absl::InvalidArgumentError("invalid UTF-8");
  }
  LabelledArticle article;
  article.id = columns.Get("id", record);
  article.language = columns.Get("lang", record);
  article.source = columns.Get("source", record);
  article.title = columns.Get("title", record);
  article.body = columns.Get("body", record);
  article.is_labelled = columns.Has("topics");
  article.has_regions = columns.Has("regions");
  if (article.title.empty() && article.body.empty())
    return absl::InvalidArgumentError("title and body are empty");
  const absl::Status topics = ReadLabels(columns.Get("topics", record), options.label_separator,
                                         options.labels, article.topics);
  if (!topics.ok()) return absl::InvalidArgumentError(absl::StrCat("topics ", topics.message()));
  RETURN_IF_ERROR(
      ReadLabels(columns.Get("regions", record), options.label_separator, {}, article.regions));
  const std::string date = columns.Get("date", record);
  if (!date.empty()) {
    ASSIGN_OR_RETURN(article.published_at, ParseArticleDate(date));
  }
  return article;
}

}  // namespace

absl::Status ReadSeparatedArticles(const std::filesystem::path& file, char separator,
                                   const ArchiveOptions& options,
                                   const std::function<void(LabelledArticle)>& article,
                                   const std::function<void(BadLine)>& bad_line) {
  ASSIGN_OR_RETURN(SeparatedRecords records,
                   SeparatedRecords::Open(file, separator, options.has_quotes));
  SeparatedRecords::Record record;
  ASSIGN_OR_RETURN(const bool has_header, records.Next(record));
  if (!has_header) return absl::OkStatus();
  const auto columns = Columns::Match(record.fields, options);
  if (!columns.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.string(), ":", record.line, ": ", columns.status().message()));
  }
  const size_t width = record.fields.size();
  while (true) {
    ASSIGN_OR_RETURN(const bool has_record, records.Next(record));
    if (!has_record) return absl::OkStatus();
    if (record.problem.empty() && record.fields.size() != width) {
      record.problem =
          absl::StrCat("has ", record.fields.size(), " fields; the header has ", width);
    }
    if (record.problem.empty()) {
      auto read = ReadRecord(*columns, options, record.fields);
      if (read.ok()) {
        article(std::move(*read));
        continue;
      }
      record.problem = std::string(read.status().message());
    }
    bad_line({file, record.line, record.problem});
  }
}

}  // namespace rubricator
