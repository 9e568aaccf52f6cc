// A message out of JSON, with errors that name field or place and never quote the text.
#ifndef RUBRICATOR_SERVER_HTTP_JSON_REQUEST_H_
#define RUBRICATOR_SERVER_HTTP_JSON_REQUEST_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace rubricator {

enum class UnknownFields { kRefuse, kIgnore };

// Fills `message` by protobuf's JSON mapping. Errors: INVALID_ARGUMENT, with a BadRequest where a
// field is at fault ("article.titel: there is no such field; did you mean 'title'?"), else with
// line and column ("the body is no JSON near line 3, column 14").
absl::Status ReadJson(const std::string& json, UnknownFields unknown_fields,
                      google::protobuf::Message& message);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_JSON_REQUEST_H_
