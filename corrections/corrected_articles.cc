#include "corrections/corrected_articles.h"

#include <cstdint>
#include <fstream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/plain_text.h"
#include "classifier/status_macros.h"
#include "corrections/correction_json.h"
#include "corrections/correction_table.h"
#include "corrections/store_location.h"

namespace rubricator {
namespace {

constexpr size_t kRowsAtOnce = 1000;
constexpr size_t kBytesAtOnce = 16 << 20;

CorrectedArticle Read(const v1::Correction& correction) {
  const v1::Article& article = correction.article();
  CorrectedArticle read{
      .sha256 = correction.article_sha256(),
      .id = article.id(),
      .source = article.source(),
      .language = article.language(),
      .title = article.title(),
      .body = article.body(),
      .topics = {correction.corrected().topics().begin(), correction.corrected().topics().end()},
      .regions = {correction.corrected().regions().begin(),
                  correction.corrected().regions().end()}};
  read.is_html = article.format() == v1::TEXT_FORMAT_HTML ||
                 (article.format() == v1::TEXT_FORMAT_UNSPECIFIED && LooksLikeHtml(read.body));
  return read;
}

absl::Status ReadStore(const StoreLocation& location,
                       const std::function<void(CorrectedArticle)>& article) {
  ASSIGN_OR_RETURN(const std::unique_ptr<CorrectionTable> table,
                   CorrectionTable::Open(location, CorrectionTable::Missing::kRefuse));
  int64_t after_id = 0;
  bool more = true;
  while (more) {
    ASSIGN_OR_RETURN(const CorrectionPage page, table->List(after_id, kRowsAtOnce, kBytesAtOnce));
    for (const v1::Correction& correction : page.corrections) article(Read(correction));
    more = page.more;
    if (more) after_id = std::stoll(page.corrections.back().id());
  }
  return absl::OkStatus();
}

absl::Status ReadFile(const std::string& path,
                      const std::function<void(CorrectedArticle)>& article) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  std::string line;
  for (size_t number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const absl::StatusOr<v1::Correction> correction = CorrectionFromJson(line);
    if (!correction.ok() || correction->article_sha256().empty()) {
      return absl::DataLossError(
          absl::StrCat(path, ":", number, ": is no correction with article_sha256 as JSON"));
    }
    article(Read(*correction));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadCorrectedArticles(const std::string& source,
                                   const std::function<void(CorrectedArticle)>& article) {
  const absl::StatusOr<StoreLocation> location = StoreLocation::Parse(source);
  return location.ok() ? ReadStore(*location, article) : ReadFile(source, article);
}

}  // namespace rubricator
