// What `--format json`, `jsonl` and `labels` print for one article. Nothing in it depends on time
// or target.
#ifndef RUBRICATOR_PLUGIN_CLI_RESULT_JSON_H_
#define RUBRICATOR_PLUGIN_CLI_RESULT_JSON_H_

#include <string>

#include "rubricator/v1/classification_service.pb.h"

namespace rubricator::cli {

// One line without its end: the Analysis as protobuf's JSON, every field written; or, where there
// is none,
// {"articleId", "error": {"code": "INVALID_ARGUMENT", "message", "field"}}.
std::string ResultJson(const v1::ClassifyResult& result);

// One line without its end: {"id", "topics": [ids, most confident first], "regions": [focus codes,
// main first]}. For an analysis only.
std::string LabelsJson(const v1::Analysis& analysis);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_RESULT_JSON_H_
