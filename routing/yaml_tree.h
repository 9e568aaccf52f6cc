// One YAML document as a plain tree, read within limits.
#ifndef RUBRICATOR_ROUTING_YAML_TREE_H_
#define RUBRICATOR_ROUTING_YAML_TREE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace rubricator {

inline constexpr size_t kMaxYamlBytes = 1 << 20;
inline constexpr size_t kMaxYamlNodes = 100'000;
inline constexpr size_t kMaxYamlDepth = 32;

enum class YamlKind { kNull, kScalar, kList, kMap };

struct YamlKey {
  std::string name;
  int line = 0;  // from 1
};

struct YamlNode {
  YamlKind kind = YamlKind::kNull;
  int line = 0;                 // from 1; of a list or map: of its first item
  std::string scalar;           // as written, quotes and escapes resolved
  bool quoted = false;          // "true" in quotes is text, never a boolean
  std::vector<YamlKey> keys;    // of a map, in the order of the file, each once
  std::vector<YamlNode> items;  // of a list; of a map: the value of each key
};

// Reads the only document of `text`. `file_name` opens every message, followed by the line:
// "routing.yaml:3: key 'desks' stands twice". Errors: INVALID_ARGUMENT for bytes over
// kMaxYamlBytes, invalid UTF-8, bad YAML, an empty file, a second document, over kMaxYamlNodes
// values, nesting over kMaxYamlDepth, a key twice, a key that is not text, an alias, an anchor or a
// tag (a few bytes of those can stand for gigabytes).
absl::StatusOr<YamlNode> ParseYaml(std::string_view text, std::string_view file_name);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_YAML_TREE_H_
