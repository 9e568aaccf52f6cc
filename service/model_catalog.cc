#include "service/model_catalog.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The run of digits that `text` begins with, without leading zeros; cut off from `text`.
std::string_view TakeNumber(std::string_view& text) {
  const size_t end = std::min(
      static_cast<size_t>(std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin()),
      text.size());
  std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return number;
}

bool IsVersionName(const std::string& name) {
  return !name.empty() && name.size() <= kMaxVersionBytes && name.front() != '.';
}

CatalogEntry ReadNamed(const std::filesystem::path& folder) {
  CatalogEntry entry{folder.filename().string(), folder, ReadManifest(folder)};
  if (entry.manifest.ok() && entry.manifest->version != entry.version) {
    entry.manifest = absl::FailedPreconditionError(absl::StrCat(
        "the folder is named ", entry.version, " and holds version ", entry.manifest->version));
  }
  return entry;
}

std::optional<CatalogEntry> ReadLone(const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.empty() || !std::filesystem::is_directory(folder, error)) return std::nullopt;
  CatalogEntry entry{folder.filename().string(), folder, ReadManifest(folder), false};
  if (entry.manifest.ok()) entry.version = entry.manifest->version;
  return entry;
}

}  // namespace

bool OlderVersion(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (IsDigit(a.front()) && IsDigit(b.front())) {
      const std::string_view left = TakeNumber(a);
      const std::string_view right = TakeNumber(b);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
      continue;
    }
    if (a.front() != b.front()) return a.front() < b.front();
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.empty() && !b.empty();
}

ModelCatalog::ModelCatalog(std::filesystem::path root, std::filesystem::path model_dir)
    : root_(std::move(root)), model_dir_(std::move(model_dir)) {}

std::vector<CatalogEntry> ModelCatalog::List() const {
  std::vector<CatalogEntry> entries;
  std::error_code error;
  if (!root_.empty()) {
    for (std::filesystem::directory_iterator it(root_, error), end; !error && it != end;
         it.increment(error)) {
      std::error_code no_folder;
      if (IsVersionName(it->path().filename().string()) && it->is_directory(no_folder)) {
        entries.push_back(ReadNamed(it->path()));
      }
    }
  }
  std::optional<CatalogEntry> lone = ReadLone(model_dir_);
  const auto same = [&lone](const CatalogEntry& entry) { return entry.version == lone->version; };
  if (lone.has_value() && std::none_of(entries.begin(), entries.end(), same)) {
    entries.push_back(*std::move(lone));
  }
  std::sort(entries.begin(), entries.end(), [](const CatalogEntry& a, const CatalogEntry& b) {
    return OlderVersion(b.version, a.version);
  });
  return entries;
}

absl::StatusOr<CatalogEntry> ModelCatalog::Find(const std::string& version) const {
  // A name with a slash would lead out of the folder.
  if (IsVersionName(version) && version.find('/') == std::string::npos) {
    std::error_code error;
    if (!root_.empty() && std::filesystem::is_directory(root_ / version, error)) {
      return ReadNamed(root_ / version);
    }
    std::optional<CatalogEntry> lone = ReadLone(model_dir_);
    if (lone.has_value() && lone->version == version) return *std::move(lone);
  }
  return absl::NotFoundError(absl::StrCat("there is no model ", version));
}

}  // namespace rubricator
