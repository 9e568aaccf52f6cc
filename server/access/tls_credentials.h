// gRPC's server credentials over a TlsIdentity that may be replaced while the server runs.
#ifndef RUBRICATOR_SERVER_ACCESS_TLS_CREDENTIALS_H_
#define RUBRICATOR_SERVER_ACCESS_TLS_CREDENTIALS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "server/access/reloaded.h"
#include "server/access/tls_identity.h"

namespace rubricator {

// Each new connection gets the identity of its moment; those that stand keep theirs. With
// `require_client_certificate` a caller without a certificate of client_authority gets no
// connection. `identity` is borrowed. gRPC
// keeps no hold of the credentials that it asks for certificates: they must outlive its server.
std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const Reloaded<TlsIdentity>& identity,
                                                              bool require_client_certificate);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_TLS_CREDENTIALS_H_
