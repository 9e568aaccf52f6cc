// Which model a restarted server begins with.
#ifndef RUBRICATOR_SERVICE_ACTIVE_MODEL_FILE_H_
#define RUBRICATOR_SERVICE_ACTIVE_MODEL_FILE_H_

#include <filesystem>
#include <string>

#include "absl/status/status.h"

namespace rubricator {

// The version in `file`; empty when there is none. A `file` that is empty stands for none.
std::string ReadActiveModel(const std::filesystem::path& file);

// Replaces `file` by one that holds `version`, and makes its folder; durable when this returns. OK
// without doing anything for an empty `file`. Errors: UNAVAILABLE naming it.
absl::Status WriteActiveModel(const std::filesystem::path& file, const std::string& version);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_ACTIVE_MODEL_FILE_H_
