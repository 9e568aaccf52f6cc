#include "server/access/tls_credentials.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>

#include <memory>
#include <mutex>
#include <string>

namespace rubricator {
namespace {

// gRPC's C++ file watcher keeps nothing when a new file is bad, and has nobody to tell. The C
// core's fetcher is asked at each handshake instead, and gets what was checked before.
class FetchedCredentials final : public grpc::ServerCredentials {
 public:
  FetchedCredentials(const Reloaded<TlsIdentity>& identity, bool require_client_certificate)
      : identity_(identity), require_client_certificate_(require_client_certificate) {}

  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    grpc_server_credentials* credentials = grpc_ssl_server_credentials_create_with_options(
        grpc_ssl_server_credentials_create_options_using_config_fetcher(
            require_client_certificate_ ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                                        : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE,
            &FetchedCredentials::Fetch, this));
    const int port = grpc_server_add_http2_port(server, address.c_str(), credentials);
    grpc_server_credentials_release(credentials);
    return port;
  }

  static grpc_ssl_certificate_config_reload_status Fetch(
      void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<FetchedCredentials*>(self)->FetchIfNew(config);
  }

  grpc_ssl_certificate_config_reload_status FetchIfNew(
      grpc_ssl_server_certificate_config** config) {
    const std::shared_ptr<const TlsIdentity> now = identity_.Current();
    const std::lock_guard lock(mutex_);
    if (now == fetched_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair{now->private_key.c_str(), now->certificate_chain.c_str()};
    // gRPC 1.51 wants an authority when it replaces a certificate, also where callers show none.
    const std::string& authority =
        now->client_authority.empty() ? now->certificate_chain : now->client_authority;
    *config = grpc_ssl_server_certificate_config_create(authority.c_str(), &pair, 1);
    fetched_ = now;
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const Reloaded<TlsIdentity>& identity_;
  const bool require_client_certificate_;
  std::mutex mutex_;
  std::shared_ptr<const TlsIdentity> fetched_;
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const Reloaded<TlsIdentity>& identity,
                                                              bool require_client_certificate) {
  return std::make_shared<FetchedCredentials>(identity, require_client_certificate);
}

}  // namespace rubricator
