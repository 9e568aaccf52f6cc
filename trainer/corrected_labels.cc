#include "trainer/corrected_labels.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/plain_text.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

void TakeLabels(const CorrectedArticle& corrected, LabelledArticle& article) {
  article.is_corrected = true;
  article.is_labelled = true;
  article.topics = corrected.topics;
  article.topic_scores.clear();  // a teacher's guess
  article.has_regions = true;
  article.is_mentions = false;
  article.regions = corrected.regions;
}

std::string Plain(const std::string& text, bool is_html) {
  if (!is_html) return text;
  const absl::StatusOr<PlainText> plain = PlainText::FromHtml(text);
  return plain.ok() ? plain->text() : "";  // nested too deep, which the server had refused
}

}  // namespace

absl::StatusOr<CorrectedLabels> CorrectedLabels::Read(const std::vector<std::string>& sources) {
  CorrectedLabels labels;
  for (const std::string& source : sources) {
    RETURN_IF_ERROR(ReadCorrectedArticles(source, [&](CorrectedArticle article) {
      ++labels.corrections_;
      Entry& entry = labels.by_sha256_[article.sha256];
      // An earlier one may have kept the text.
      if (!HasText(article) && HasText(entry.article)) {
        article.title = entry.article.title;
        article.body = entry.article.body;
        article.is_html = entry.article.is_html;
      }
      entry.article = std::move(article);
    }));
  }
  return labels;
}

bool CorrectedLabels::Apply(LabelledArticle& article) {
  if (by_sha256_.empty()) return false;
  const auto entry = by_sha256_.find(Sha256Hex(absl::StrCat(article.title, "\n", article.body)));
  if (entry == by_sha256_.end()) return false;
  entry->second.found = true;
  TakeLabels(entry->second.article, article);
  return true;
}

std::vector<LabelledArticle> CorrectedLabels::RestWithText() const {
  std::vector<LabelledArticle> articles;
  for (const auto& [sha256, entry] : by_sha256_) {
    if (entry.found || !HasText(entry.article)) continue;
    LabelledArticle& article = articles.emplace_back();
    article.id = entry.article.id;
    article.source = entry.article.source;
    article.language = entry.article.language;
    article.title = Plain(entry.article.title, entry.article.is_html);
    article.body = Plain(entry.article.body, entry.article.is_html);
    TakeLabels(entry.article, article);
  }
  return articles;
}

std::string CorrectedLabels::Summary() const {
  size_t found = 0, with_text = 0;
  for (const auto& [sha256, entry] : by_sha256_) {
    if (entry.found) {
      ++found;
    } else if (HasText(entry.article)) {
      ++with_text;
    }
  }
  return absl::StrCat("corrections: ", corrections_, " of ", by_sha256_.size(), " articles; ",
                      found, " found in the archive, ", with_text, " with their own text, ",
                      by_sha256_.size() - found - with_text, " not found");
}

}  // namespace rubricator
