// Binds YAML, environment variables and flags to any settings message (config.proto) by reflection.
#ifndef RUBRICATOR_SERVER_CONFIG_BINDER_H_
#define RUBRICATOR_SERVER_CONFIG_BINDER_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace rubricator {

// One setting as people write and read it.
struct SettingName {
  std::string path;           // in YAML: "limits.max_body_bytes"
  std::string flag;           // "--limits-max-body-bytes"
  std::string environment;    // "RUBRICATOR_LIMITS_MAX_BODY_BYTES"
  std::string help;           // one sentence, as config.proto says it
  std::string type;           // "TEXT", "NUMBER", "true|false" or "debug|info|…"
  std::string default_value;  // empty: none
  bool live = false;          // SIGHUP takes over a changed value
};

// Every setting of `type`, in the order of its file, messages inside messages flattened. Fields are
// single; strings, booleans, unsigned integers and enums.
std::vector<SettingName> ListSettings(const google::protobuf::Descriptor& type);

// The settings whose values differ, in the order of ListSettings(). Both are of one type.
std::vector<SettingName> DifferingSettings(const google::protobuf::Message& a,
                                           const google::protobuf::Message& b);

// Sets what the YAML `text` says. An empty file says nothing. Errors, INVALID_ARGUMENT: whatever is
// no YAML, an unknown key, a value of the wrong type or out of range; each reads "server.yaml:3:
// limits.max_body_bytes: …".
absl::Status BindYaml(std::string_view text, std::string_view file_name,
                      google::protobuf::Message& config);

// Sets each setting whose variable `lookup` finds; an empty variable counts as not set. Errors:
// INVALID_ARGUMENT "RUBRICATOR_LISTEN: …".
using EnvironmentLookup = std::function<std::optional<std::string>(const std::string& name)>;
absl::Status BindEnvironment(const EnvironmentLookup& lookup, google::protobuf::Message& config);

// Sets one setting. `path` must be of ListSettings(). Errors: INVALID_ARGUMENT "<where>: …".
absl::Status BindValue(const std::string& path, const std::string& value, std::string_view where,
                       google::protobuf::Message& config);

// All settings with the values in force, as YAML that BindYaml reads back.
std::string WriteYaml(const google::protobuf::Message& config);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_CONFIG_BINDER_H_
