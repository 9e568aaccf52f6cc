#include "trainer/article_writer.h"

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "trainer/article_date.h"

namespace rubricator {
namespace {

std::string ToJsonLine(const LabelledArticle& article) {
  nlohmann::ordered_json json;
  const auto set = [&](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  set("id", article.id);
  set("lang", article.language);
  set("source", article.source);
  if (article.published_at) json["date"] = FormatArticleDate(*article.published_at);
  set("title", article.title);
  set("body", article.body);
  if (article.is_labelled) json["topics"] = article.topics;
  if (article.has_regions) json[article.is_mentions ? "mentioned" : "regions"] = article.regions;
  if (article.weight != 1.0f) json["weight"] = article.weight;
  if (!article.topic_scores.empty()) json["topic_scores"] = article.topic_scores;
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

ArticleWriter::ArticleWriter(std::filesystem::path path)
    : path_(std::move(path)),
      unfinished_(path_.string() + ".unfinished"),
      file_(unfinished_, std::ios::binary) {}

ArticleWriter::~ArticleWriter() {
  if (unfinished_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(unfinished_, ignored);
}

absl::StatusOr<ArticleWriter> ArticleWriter::Begin(const std::filesystem::path& path) {
  errno = 0;
  ArticleWriter writer(path);
  if (!writer.file_)
    return absl::UnknownError(absl::StrCat(path.string(), ": ", std::strerror(errno)));
  return writer;
}

absl::Status ArticleWriter::Write(const LabelledArticle& article) {
  errno = 0;
  if (file_ << ToJsonLine(article)) return absl::OkStatus();
  return absl::UnknownError(absl::StrCat(unfinished_.string(), ": ", std::strerror(errno)));
}

absl::Status ArticleWriter::Finish() {
  errno = 0;
  file_.close();
  if (!file_)
    return absl::UnknownError(absl::StrCat(unfinished_.string(), ": ", std::strerror(errno)));
  std::error_code error;
  std::filesystem::rename(unfinished_, path_, error);
  if (error) return absl::UnknownError(absl::StrCat(path_.string(), ": ", error.message()));
  unfinished_.clear();
  return absl::OkStatus();
}

}  // namespace rubricator
