// Editors' corrections, laid over an archive.
#ifndef RUBRICATOR_TRAINER_CORRECTED_LABELS_H_
#define RUBRICATOR_TRAINER_CORRECTED_LABELS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "corrections/corrected_articles.h"
#include "trainer/labelled_article.h"

namespace rubricator {

// The last correction of each article stands.
class CorrectedLabels {
 public:
  // Reads `sources` in their order. Errors: as ReadCorrectedArticles.
  static absl::StatusOr<CorrectedLabels> Read(const std::vector<std::string>& sources);

  // Gives `article`, whose title and body are still as the archive has them, the labels that an
  // editor left; false where nobody corrected it.
  bool Apply(LabelledArticle& article);

  // Corrected articles that Apply() has not met and whose text was kept, as plain text.
  std::vector<LabelledArticle> RestWithText() const;

  // "corrections: 12 of 10 articles; 7 found in the archive, 1 with its own text, 2 not found".
  std::string Summary() const;

 private:
  struct Entry {
    CorrectedArticle article;
    bool found = false;
  };
  static bool HasText(const CorrectedArticle& article) {
    return !article.title.empty() || !article.body.empty();
  }

  std::map<std::string, Entry> by_sha256_;
  size_t corrections_ = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_CORRECTED_LABELS_H_
