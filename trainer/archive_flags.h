// The flags that say how to read an archive, the same for every command.
#ifndef RUBRICATOR_TRAINER_ARCHIVE_FLAGS_H_
#define RUBRICATOR_TRAINER_ARCHIVE_FLAGS_H_

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "trainer/archive_reader.h"

namespace rubricator {

struct ArchiveFlags {
  ArchiveOptions options;
  std::vector<std::string> columns;  // field=Column
  std::filesystem::path label_map;
  std::vector<std::string> corrections;
};

// `flags` must outlive `command`'s parsing.
void AddArchiveFlags(CLI::App& command, ArchiveFlags& flags);

// --corrections, for the commands that learn and judge. `flags` as above.
void AddCorrectionsFlag(CLI::App& command, ArchiveFlags& flags);

// Errors: INVALID_ARGUMENT no such field; as LabelMap::Read() and CorrectedLabels::Read().
absl::StatusOr<ArchiveOptions> ResolveArchiveFlags(const ArchiveFlags& flags);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_ARCHIVE_FLAGS_H_
