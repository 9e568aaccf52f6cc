#include "trainer/archive_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/language_detector.h"
#include "classifier/plain_text.h"
#include "classifier/status_macros.h"
#include "trainer/separated_reader.h"
#include "trainer/wordpress_reader.h"

namespace rubricator {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<ArchiveFormat> FormatOf(const fs::path& file) {
  const fs::path name = file.extension() == ".gz" ? file.stem() : file.filename();
  const std::string extension = name.extension().string();
  if (extension == ".jsonl" || extension == ".ndjson") return ArchiveFormat::kJsonLines;
  if (extension == ".csv") return ArchiveFormat::kCommaSeparated;
  if (extension == ".tsv") return ArchiveFormat::kTabSeparated;
  if (extension == ".xml" || extension == ".wxr") return ArchiveFormat::kWordPressExport;
  return absl::InvalidArgumentError(absl::StrCat(
      file.string(),
      ": the format cannot be told from the name; give --format jsonl, csv, tsv or wordpress"));
}

absl::Status MakePlain(std::string& text) {
  if (!LooksLikeHtml(text)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const PlainText plain, PlainText::FromHtml(text));
  text = plain.text();
  return absl::OkStatus();
}

std::string LanguageOf(const LabelledArticle& article, const ArchiveOptions& options) {
  if (!article.language.empty()) return PrimaryLanguageTag(article.language);
  if (!options.language.empty()) return options.language;
  const std::string detected =
      DetectLanguage(absl::StrCat(article.title, "\n", article.body), {"ru", "en"});
  return detected == "und" ? "" : detected;
}

}  // namespace

void CompleteLanguage(const ArchiveOptions& options, LabelledArticle& article) {
  if (article.is_labelled) article.language = LanguageOf(article, options);
}

absl::Status ReadArchive(const fs::path& file, const ArchiveOptions& options,
                         const std::function<void(LabelledArticle)>& article,
                         const std::function<void(BadLine)>& bad_line) {
  ArchiveFormat format = options.format;
  if (format == ArchiveFormat::kByExtension) {
    ASSIGN_OR_RETURN(format, FormatOf(file));
  }
  const bool is_html = options.is_html || format == ArchiveFormat::kWordPressExport;
  const auto finish = [&](LabelledArticle read) {
    if (options.corrections != nullptr) options.corrections->Apply(read);
    if (is_html && (!MakePlain(read.title).ok() || !MakePlain(read.body).ok())) {
      bad_line({file, 0, absl::StrCat("article ", read.id, ": its HTML is nested too deep")});
      return;
    }
    CompleteLanguage(options, read);
    article(std::move(read));
  };
  switch (format) {
    case ArchiveFormat::kCommaSeparated:
    case ArchiveFormat::kTabSeparated:
      return ReadSeparatedArticles(file, format == ArchiveFormat::kTabSeparated ? '\t' : ',',
                                   options, finish, bad_line);
    case ArchiveFormat::kWordPressExport:
      return ReadWordPressArticles(file, options, finish, bad_line);
    default:
      return ReadArticles(file, finish, bad_line, options.labels);
  }
}

}  // namespace rubricator
