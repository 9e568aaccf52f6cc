// TLS for HTTP, of the identity of the moment.
#ifndef RUBRICATOR_SERVER_HTTP_HTTP_TLS_H_
#define RUBRICATOR_SERVER_HTTP_HTTP_TLS_H_

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <mutex>

#include "server/access/reloaded.h"
#include "server/access/tls_identity.h"

namespace rubricator {

// Thread-safe. Borrows the identity.
class HttpTls {
 public:
  explicit HttpTls(const Reloaded<TlsIdentity>& identity) : identity_(identity) {}

  // For one more connection. TLS 1.2 at least; with a client authority a caller must show a
  // certificate that it signed. Never null: should OpenSSL refuse what LoadTlsIdentity() took,
  // every handshake fails.
  std::shared_ptr<boost::asio::ssl::context> Context();

 private:
  const Reloaded<TlsIdentity>& identity_;
  std::mutex mutex_;
  std::shared_ptr<const TlsIdentity> identity_of_context_;
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_HTTP_TLS_H_
