// One article out of the text of a file or a line.
#ifndef RUBRICATOR_PLUGIN_CLI_ARTICLE_PARSING_H_
#define RUBRICATOR_PLUGIN_CLI_ARTICLE_PARSING_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "rubricator/v1/article.pb.h"

namespace rubricator::cli {

// Plain text: the first line is the title if an empty line follows it, the rest is the body; else
// all is the body. CRLF is a line end; a byte order mark is dropped.
v1::Article ParseText(std::string_view content);

// HTML: the first <h1> is the title, without its tags and with its entities decoded; what stands
// around it is the body. Without one, <title> is the title and all is the body.
v1::Article ParseHtml(std::string_view content);

// A JSON object with the fields of rubricator.v1.Article, by their names there or in
// lowerCamelCase; a number for `id` is taken as text; null is as if missing; other fields are
// ignored. `published_at` is RFC 3339 text. Errors: INVALID_ARGUMENT not JSON, no object, or a
// field of another type or value.
absl::StatusOr<v1::Article> ParseJsonObject(std::string_view content);

// The same for a file with one such object or an array of them; one result for each.
std::vector<absl::StatusOr<v1::Article>> ParseJsonFile(std::string_view content);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_ARTICLE_PARSING_H_
