// Writes a model bundle so that a reader sees the old one or the new one, never half of one.
#ifndef RUBRICATOR_TRAINER_BUNDLE_WRITER_H_
#define RUBRICATOR_TRAINER_BUNDLE_WRITER_H_

#include <filesystem>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "classifier/model_manifest.h"

namespace rubricator {

// A folder beside the bundle's place in which its files are made; removed with all in it unless
// Publish() succeeded.
class BundleWriter {
 public:
  // Errors: UNKNOWN with the system's message when the folder cannot be made.
  static absl::StatusOr<BundleWriter> Begin(const std::filesystem::path& destination);
  BundleWriter(BundleWriter&& other) noexcept;
  BundleWriter& operator=(BundleWriter&&) = delete;
  ~BundleWriter();

  // Where to make the bundle's files.
  const std::filesystem::path& folder() const { return folder_; }

  absl::Status WriteText(const std::string& name, const std::string& text);
  absl::Status CopyFrom(const std::filesystem::path& source, const std::string& name);

  // Fills `manifest.files` from the folder (all but manifest.json) and writes manifest.json there.
  absl::Status WriteManifestFile(ModelManifest& manifest);

  // Writes manifest.json as above, flushes all to the disk and
  // renames the folder into its place, moving an older bundle away first. Errors: UNKNOWN with the
  // system's message (a full disk, say); the older bundle is then where it was.
  absl::Status Publish(ModelManifest manifest);

 private:
  BundleWriter(std::filesystem::path destination, std::filesystem::path folder)
      : destination_(std::move(destination)), folder_(std::move(folder)) {}
  std::filesystem::path destination_;
  std::filesystem::path folder_;  // empty once published
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_BUNDLE_WRITER_H_
