// Corrections as training reads them, from a store or from a file.
#ifndef RUBRICATOR_CORRECTIONS_CORRECTED_ARTICLES_H_
#define RUBRICATOR_CORRECTIONS_CORRECTED_ARTICLES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace rubricator {

// What an editor left of one article. Title and body are as they were sent, both empty where they
// were not kept.
struct CorrectedArticle {
  std::string sha256;  // of title, line feed and body
  std::string id;
  std::string source;
  std::string language;
  std::string title;
  std::string body;
  bool is_html = false;
  std::vector<std::string> topics;
  std::vector<std::string> regions;
};

// Reads every correction in `source`, oldest first: "sqlite:/path" and "postgresql://…" name a
// store; anything else a file of JSON Lines, each a rubricator.v1.Correction as ListCorrections
// gives it. Nothing is made or changed, but an older schema is brought up to date. Errors:
// NOT_FOUND no such file; DATA_LOSS a line or row that is no correction; UNAVAILABLE and
// FAILED_PRECONDITION as CorrectionStore.
absl::Status ReadCorrectedArticles(const std::string& source,
                                   const std::function<void(CorrectedArticle)>& article);

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_CORRECTED_ARTICLES_H_
