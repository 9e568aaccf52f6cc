// Corrections as JSON: what lies in the database and in exported files.
#ifndef RUBRICATOR_CORRECTIONS_CORRECTION_JSON_H_
#define RUBRICATOR_CORRECTIONS_CORRECTION_JSON_H_

#include <string>

#include "absl/status/statusor.h"
#include "rubricator/v1/correction_service.pb.h"

namespace rubricator {

// One line of protobuf's JSON with the names of the proto file.
std::string CorrectionToJson(const v1::Correction& correction);

// Fields that this program does not know are passed over: a newer one may have written them.
// Errors: INVALID_ARGUMENT; the message holds nothing of `json`.
absl::StatusOr<v1::Correction> CorrectionFromJson(const std::string& json);

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_CORRECTION_JSON_H_
