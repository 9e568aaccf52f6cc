// Who the server says it is, and whose certificates its callers may show.
#ifndef RUBRICATOR_SERVER_ACCESS_TLS_IDENTITY_H_
#define RUBRICATOR_SERVER_ACCESS_TLS_IDENTITY_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/config.pb.h"

namespace rubricator {

// PEM texts that fit each other.
struct TlsIdentity {
  std::string certificate_chain;  // the server's own first
  std::string private_key;
  std::string client_authority;  // empty: callers show no certificate

  bool operator==(const TlsIdentity&) const = default;
};

// Reads and checks the files. Errors, FAILED_PRECONDITION "tls.cert_file: …": a file that cannot be
// read or is no PEM of its kind, a key that is not the certificate's, a certificate whose time is
// over or has not come.
absl::StatusOr<TlsIdentity> LoadTlsIdentity(const server::Tls& tls);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_TLS_IDENTITY_H_
