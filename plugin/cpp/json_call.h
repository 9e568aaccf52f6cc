// Any unary method of the API with JSON in and out, for callers that have no protobuf.
#ifndef RUBRICATOR_PLUGIN_CPP_JSON_CALL_H_
#define RUBRICATOR_PLUGIN_CPP_JSON_CALL_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "plugin/cpp/client.h"

namespace rubricator {

// `method`: "rubricator.v1.ClassificationService/ClassifyArticle", with or without a slash before
// it. `request_json`: protobuf's JSON, lowerCamelCase or field names as in proto/; empty stands for
// "{}". The answer is as ToJson() writes it. Errors: UNIMPLEMENTED no such unary method;
// INVALID_ARGUMENT the JSON does not fit the request (the field named where protobuf says it); else
// those of the method.
absl::StatusOr<std::string> CallWithJson(const Client& client, std::string_view method,
                                         std::string_view request_json,
                                         const CallOptions& options = {});

// protobuf's JSON on one line: lowerCamelCase, enums by name, empty lists and zeros written out, so
// that every answer has every field.
std::string ToJson(const google::protobuf::Message& message);

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_JSON_CALL_H_
