#include "trainer/training_work.h"

#include "absl/strings/str_cat.h"
#include "classifier/mapped_file.h"
#include "classifier/status_macros.h"
#include "trainer/atomic_file.h"

namespace rubricator {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFingerprintFile = "fingerprint";

}  // namespace

absl::StatusOr<TrainingWork> TrainingWork::Open(const fs::path& folder, uint64_t fingerprint,
                                                bool resumes) {
  const std::string wanted = absl::StrCat(absl::Hex(fingerprint, absl::kZeroPad16), "\n");
  if (resumes) {
    const auto file = MappedFile::Open(folder / kFingerprintFile);
    if (!file.ok())
      return absl::FailedPreconditionError(
          absl::StrCat(folder.string(), ": no stopped run to resume"));
    if (file->bytes() != wanted) {
      return absl::FailedPreconditionError(
          absl::StrCat(folder.string(),
                       ": was begun with other articles or options; begin anew without --resume"));
    }
    return TrainingWork(folder);
  }
  std::error_code error;
  fs::remove_all(folder, error);
  if (!error) fs::create_directories(folder, error);
  if (error) return absl::UnknownError(absl::StrCat(folder.string(), ": ", error.message()));
  RETURN_IF_ERROR(WriteFileAtomically(folder / kFingerprintFile, wanted));
  return TrainingWork(folder);
}

absl::Status TrainingWork::WriteFlags(const std::string& name,
                                      const std::vector<bool>& flags) const {
  std::string bytes(flags.size(), '0');
  for (size_t i = 0; i < flags.size(); ++i) bytes[i] = flags[i] ? '1' : '0';
  return WriteFileAtomically(folder_ / name, bytes);
}

absl::StatusOr<std::vector<bool>> TrainingWork::ReadFlags(const std::string& name,
                                                          size_t size) const {
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(folder_ / name));
  if (file.bytes().size() != size) {
    return absl::DataLossError(absl::StrCat((folder_ / name).string(), ": is ", file.bytes().size(),
                                            " bytes; ", size, " are expected"));
  }
  std::vector<bool> flags(size);
  for (size_t i = 0; i < size; ++i) flags[i] = file.bytes()[i] == '1';
  return flags;
}

void TrainingWork::Remove() const {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace rubricator
