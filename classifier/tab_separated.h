// Rows of the project's own text tables: tab-separated fields, "#" opens a comment line.
#ifndef RUBRICATOR_CLASSIFIER_TAB_SEPARATED_H_
#define RUBRICATOR_CLASSIFIER_TAB_SEPARATED_H_

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace rubricator {

// The bytes of a file. Errors: NOT_FOUND no such file; UNKNOWN cannot be read.
absl::StatusOr<std::string> ReadWholeFile(const std::filesystem::path& path);

// Calls `row(fields, line)` for each row of `text`; `line` counts from 1. Blank lines and comments
// are skipped. Errors: those of `row`, with "FILE:LINE: " put before the message, at the first row
// that fails.
absl::Status ForEachRow(
    std::string_view text, std::string_view file_name,
    const std::function<absl::Status(const std::vector<std::string_view>&, int)>& row);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_TAB_SEPARATED_H_
