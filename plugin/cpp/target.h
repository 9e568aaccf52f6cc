// Where a client's answers come from: a server, or a model bundle in this process.
#ifndef RUBRICATOR_PLUGIN_CPP_TARGET_H_
#define RUBRICATOR_PLUGIN_CPP_TARGET_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace rubricator {

struct Target {
  enum class Kind { kRemote, kEmbedded };
  Kind kind = Kind::kRemote;
  std::string address;       // kRemote: as gRPC's resolvers read it, "dns:///host:50051"
  std::string bundle;        // kEmbedded: folder of the model bundle
  std::string routing_file;  // kEmbedded: from `?routing=FILE`, may be empty
  // kRemote: no text or token can leave this machine (unix socket, 127.0.0.0/8, ::1, localhost).
  bool is_local = false;
};

// Reads "host:port", "[::1]:port", "dns:", "ipv4:", "ipv6:", "unix:", "unix-abstract:" and
// "embedded:DIR[?routing=FILE]". Nothing is resolved or opened. Errors: INVALID_ARGUMENT for any
// other form.
absl::StatusOr<Target> ParseTarget(std::string_view text);

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_TARGET_H_
