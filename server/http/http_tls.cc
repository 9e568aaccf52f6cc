#include "server/http/http_tls.h"

#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <string>

namespace rubricator {
namespace {

namespace ssl = boost::asio::ssl;

std::shared_ptr<ssl::context> MakeContext(const TlsIdentity& identity) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code error;
  context->use_certificate_chain(boost::asio::buffer(identity.certificate_chain), error);
  if (!error) {
    context->use_private_key(boost::asio::buffer(identity.private_key), ssl::context::pem, error);
  }
  if (!error && !identity.client_authority.empty()) {
    context->add_certificate_authority(boost::asio::buffer(identity.client_authority), error);
    if (!error) {
      context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert, error);
    }
  }
  return error ? std::make_shared<ssl::context>(ssl::context::tls_server) : context;
}

}  // namespace

std::shared_ptr<ssl::context> HttpTls::Context() {
  const std::shared_ptr<const TlsIdentity> now = identity_.Current();
  const std::lock_guard lock(mutex_);
  if (now != identity_of_context_) {
    context_ = MakeContext(*now);
    identity_of_context_ = now;
  }
  return context_;
}

}  // namespace rubricator
