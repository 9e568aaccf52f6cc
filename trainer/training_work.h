// The finished parts of a training run, kept beside the bundle's place so that a stopped run can go
// on.
#ifndef RUBRICATOR_TRAINER_TRAINING_WORK_H_
#define RUBRICATOR_TRAINER_TRAINING_WORK_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

class TrainingWork {
 public:
  // Makes `folder`, emptying it first unless `resumes`. `fingerprint` is of the input and the
  // options that the parts depend on. Errors: FAILED_PRECONDITION nothing to resume, or it was
  // begun with another fingerprint; UNKNOWN with the system's message.
  static absl::StatusOr<TrainingWork> Open(const std::filesystem::path& folder,
                                           uint64_t fingerprint, bool resumes);

  // Files appear there whole or not at all, so a file that exists is finished.
  const std::filesystem::path& folder() const { return folder_; }
  bool Has(const std::string& name) const { return std::filesystem::exists(folder_ / name); }

  // A list of yes and no, one a row. Errors of reading: NOT_FOUND, or DATA_LOSS when it has not
  // `size` of them.
  absl::Status WriteFlags(const std::string& name, const std::vector<bool>& flags) const;
  absl::StatusOr<std::vector<bool>> ReadFlags(const std::string& name, size_t size) const;

  // Removes the folder and all in it: the bundle is there.
  void Remove() const;

 private:
  explicit TrainingWork(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_TRAINING_WORK_H_
