// What a caller may set of a client and of one call.
#ifndef RUBRICATOR_PLUGIN_CPP_CLIENT_OPTIONS_H_
#define RUBRICATOR_PLUGIN_CPP_CLIENT_OPTIONS_H_

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace rubricator {

// Encryption of the connection to a server. PEM files.
struct TlsOptions {
  bool enabled = false;        // off: plain text; any file below switches it on
  std::string ca_file = {};    // empty: the system's certificate authorities
  std::string cert_file = {};  // of this client, for mTLS; needs `key_file`
  std::string key_file = {};
  std::string server_name = {};  // expected in the server's certificate; empty: the target's host
};

struct ClientOptions {
  // Longest wait for one unary call, its retries and the connecting included; over 0.
  std::chrono::milliseconds timeout{2000};
  // Added to `timeout` for each article of a batch.
  std::chrono::milliseconds timeout_per_batch_article{20};
  // Longest wait for the next answer of a stream; over 0.
  std::chrono::milliseconds idle_timeout{30000};
  // Articles of a stream that are under way at once, 1..10,000.
  size_t stream_window = 64;
  // Tries of a call that ends in UNAVAILABLE, the first included, 1..5 (5 is gRPC's own limit).
  int max_attempts = 3;
  // A second target ("embedded:DIR") that classifies and previews routing when the first one
  // answers UNAVAILABLE or DEADLINE_EXCEEDED. Empty: none. It is opened at once, so that a bad one
  // shows at once.
  std::string fallback_target = {};
  // Routing file of embedded targets that name none. Empty: everything goes to the fallback desk.
  std::string routing_file = {};
  TlsOptions tls = {};
  // Sent as "authorization: Bearer …". Refused without TLS unless the target is a loopback address
  // or a unix socket. Empty: none.
  std::string bearer_token = {};
};

struct CallOptions {
  // Longest wait for this call; over 0. Default: as ClientOptions has it.
  std::optional<std::chrono::milliseconds> timeout;
};

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_CLIENT_OPTIONS_H_
