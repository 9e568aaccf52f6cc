// What an archive's labels are called in the taxonomy.
#ifndef RUBRICATOR_TRAINER_LABEL_MAP_H_
#define RUBRICATOR_TRAINER_LABEL_MAP_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

// Maps nothing by default. Immutable after Read().
class LabelMap {
 public:
  LabelMap() = default;

  // Reads a file of lines `from<TAB>to`; an empty `to` drops the label; blank lines and lines that
  // begin with # are passed over. Errors: NOT_FOUND no file; INVALID_ARGUMENT no tab, an empty
  // `from`, one that stands twice, a `to` with white space; each names the line.
  static absl::StatusOr<LabelMap> Read(const std::filesystem::path& path);

  // Adds what `label` is called here to `labels`, unless it is dropped or there already. Errors:
  // INVALID_ARGUMENT it is empty or holds white space.
  absl::Status Append(const std::string& label, std::vector<std::string>& labels) const;

 private:
  std::map<std::string, std::string> names_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_LABEL_MAP_H_
