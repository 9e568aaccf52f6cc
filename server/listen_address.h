// Where the server listens.
#ifndef RUBRICATOR_SERVER_LISTEN_ADDRESS_H_
#define RUBRICATOR_SERVER_LISTEN_ADDRESS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace rubricator {

// "host:port", "[ipv6]:port" or "unix:/path".
struct ListenAddress {
  std::string host;       // without brackets; empty for a socket file
  uint16_t port = 0;      // 0: any free one
  std::string unix_path;  // empty for host and port

  // Errors: INVALID_ARGUMENT "listen: …" for another form, a port over 65535, a path over 107
  // bytes.
  static absl::StatusOr<ListenAddress> Parse(const std::string& text);

  // Whether only this machine can reach it: a socket file, localhost, 127.0.0.0/8, ::1.
  bool IsLocal() const;

  // Why nothing can listen there now: UNAVAILABLE "… address already in use"; OK if nothing speaks
  // against it. A socket file that nobody answers on does not.
  absl::Status Probe() const;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_LISTEN_ADDRESS_H_
