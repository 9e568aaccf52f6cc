// A field of a YAML file: gives its value, or an error that names file, line and field.
#ifndef RUBRICATOR_ROUTING_YAML_FIELD_H_
#define RUBRICATOR_ROUTING_YAML_FIELD_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "routing/yaml_tree.h"

namespace rubricator {

inline constexpr size_t kMaxTextBytes = 256;

// Borrows the tree and the file name. A value; not for sharing between threads.
// Every error is INVALID_ARGUMENT and reads "routing.yaml:14: rules[2].then.desk: is missing".
class YamlField {
 public:
  // The whole document: its path is empty.
  YamlField(const YamlNode& root, std::string_view file_name)
      : node_(&root), file_name_(file_name), line_(root.line) {}

  const YamlNode& node() const { return *node_; }
  // "rules[2].then.desk". Items of a list that are plain values have the list's own path.
  const std::string& path() const { return path_; }

  absl::Status Error(std::string_view what) const;

  // Whether it is a map with no other keys than these. Errors: it is no map; an unknown key.
  absl::Status CheckKeys(const std::vector<std::string_view>& known) const;
  // The value of a key; none when the key is not there or this is no map.
  std::optional<YamlField> Find(std::string_view key) const;
  // Errors: the key is not there.
  absl::StatusOr<YamlField> Require(std::string_view key) const;
  // The value of each key of a map, in the order of the file. Errors: it is no map, or empty.
  absl::StatusOr<std::vector<YamlField>> Entries() const;
  // The last part of the path: the key that led here.
  std::string_view key() const { return key_; }

  // Errors: it is no list, or empty.
  absl::StatusOr<std::vector<YamlField>> Items() const;
  // Errors: not a single value; blank, over kMaxTextBytes, or with control characters.
  absl::StatusOr<std::string> Text() const;
  // Each of Items() as Text(). Errors: as those, or a value that stands twice.
  absl::StatusOr<std::vector<std::string>> Texts() const;
  // A number in [0, 1].
  absl::StatusOr<double> Confidence() const;
  // `true` or `false`, not in quotes.
  absl::StatusOr<bool> Boolean() const;

 private:
  YamlField Child(const YamlNode& node, std::string path, std::string_view key, int line) const;
  YamlField Entry(size_t index) const;

  const YamlNode* node_;
  std::string_view file_name_;
  std::string path_;
  std::string_view key_;
  int line_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_YAML_FIELD_H_
