#include "corrections/correction_json.h"

#include "absl/status/status.h"
#include "google/protobuf/util/json_util.h"

namespace rubricator {

std::string CorrectionToJson(const v1::Correction& correction) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  // Cannot fail: the message has neither Any nor a timestamp that was not checked.
  (void)google::protobuf::util::MessageToJsonString(correction, &json, options);
  return json;
}

absl::StatusOr<v1::Correction> CorrectionFromJson(const std::string& json) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  v1::Correction correction;
  if (!google::protobuf::util::JsonStringToMessage(json, &correction, options).ok()) {
    return absl::InvalidArgumentError("is no correction as JSON");
  }
  return correction;
}

}  // namespace rubricator
