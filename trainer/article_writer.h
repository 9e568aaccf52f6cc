// Articles as JSON Lines, the form that every reader of the project knows.
#ifndef RUBRICATOR_TRAINER_ARTICLE_WRITER_H_
#define RUBRICATOR_TRAINER_ARTICLE_WRITER_H_

#include <filesystem>
#include <fstream>

#include "absl/status/statusor.h"
#include "trainer/labelled_article.h"

namespace rubricator {

// Writes under another name; the file is in its place only after Finish().
class ArticleWriter {
 public:
  // Errors: UNKNOWN with the system's message.
  static absl::StatusOr<ArticleWriter> Begin(const std::filesystem::path& path);
  ArticleWriter(ArticleWriter&&) = default;
  ~ArticleWriter();

  // One line. Errors, here or at Finish(): UNKNOWN the disk is full, say.
  absl::Status Write(const LabelledArticle& article);
  absl::Status Finish();

 private:
  explicit ArticleWriter(std::filesystem::path path);
  std::filesystem::path path_, unfinished_;  // unfinished_ is empty when finished
  std::ofstream file_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_ARTICLE_WRITER_H_
