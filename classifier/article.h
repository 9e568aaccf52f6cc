// What a content-management system sends.
#ifndef RUBRICATOR_CLASSIFIER_ARTICLE_H_
#define RUBRICATOR_CLASSIFIER_ARTICLE_H_

#include <optional>
#include <string>

namespace rubricator {

enum class TextFormat { kPlain, kHtml };

// All text is UTF-8.
struct Article {
  std::string id;     // the caller's; returned, never interpreted
  std::string title;  // plain text; HTML entities are decoded when `format` is kHtml
  std::string body;
  TextFormat format = TextFormat::kPlain;  // of body
  std::string language;                    // BCP 47 tag when the caller knows it; empty: detected
  std::string url;
  std::string source;                  // the outlet or feed, for routing conditions
  std::optional<double> published_at;  // seconds since 1970-01-01 UTC
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_ARTICLE_H_
