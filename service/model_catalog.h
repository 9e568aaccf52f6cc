// The model bundles on disk.
#ifndef RUBRICATOR_SERVICE_MODEL_CATALOG_H_
#define RUBRICATOR_SERVICE_MODEL_CATALOG_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/model_manifest.h"

namespace rubricator {

// Version strings come from callers and go into messages.
inline constexpr size_t kMaxVersionBytes = 64;

// Whether `a` is older than `b`: numbers within them count as numbers, so that 2026-11-22.9 is
// older than 2026-11-22.10.
bool OlderVersion(std::string_view a, std::string_view b);

// A bundle's folder.
struct CatalogEntry {
  std::string version;  // the folder's name where the manifest cannot be read
  std::filesystem::path folder;
  absl::StatusOr<ModelManifest> manifest;  // read, and its files not yet verified
  bool in_root = true;                     // false: it is the one in `model_dir`
};

// Reads the disk anew at each call: folders come and go while the server runs. Thread-safe.
class ModelCatalog {
 public:
  // `root`: the folder of bundles, each in a folder named as its version; names that begin with '.'
  // are passed over. `model_dir`: one more bundle, in a folder of any name. Either may be empty.
  ModelCatalog(std::filesystem::path root, std::filesystem::path model_dir);

  // Newest first; a version that lies in both places once, from `root`. Nothing where nothing is.
  std::vector<CatalogEntry> List() const;
  // Errors: NOT_FOUND no folder of that version.
  absl::StatusOr<CatalogEntry> Find(const std::string& version) const;

 private:
  const std::filesystem::path root_;
  const std::filesystem::path model_dir_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_MODEL_CATALOG_H_
