// Files that appear whole or not at all.
#ifndef RUBRICATOR_TRAINER_ATOMIC_FILE_H_
#define RUBRICATOR_TRAINER_ATOMIC_FILE_H_

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace rubricator {

// Writes a new file under another name and renames it to `path`: who has the old one open or mapped
// keeps it. Errors: UNKNOWN with the system's message; `path` is then as it was.
absl::Status WriteFileAtomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_ATOMIC_FILE_H_
