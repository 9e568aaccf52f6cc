#include "server/access/tls_identity.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "server/access/setting_file.h"

namespace rubricator {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Bio = std::unique_ptr<BIO, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

// OpenSSL would ask on the terminal for the password of a key that has one.
int NoPassword(char*, int, int, void*) { return -1; }

Bio Open(const std::string& pem) {
  return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

Certificate FirstCertificate(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(Open(pem).get(), nullptr, NoPassword, nullptr));
}

absl::Status Refuse(std::string_view setting, const std::string& path, std::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(AsAbsl(setting), ": ", path, " ", AsAbsl(why)));
}

absl::Status CheckPair(const server::Tls& tls, const TlsIdentity& identity) {
  const Certificate certificate = FirstCertificate(identity.certificate_chain);
  if (certificate == nullptr) return Refuse("tls.cert_file", tls.cert_file(), "has no certificate");
  if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) < 0) {
    return Refuse("tls.cert_file", tls.cert_file(), "has expired");
  }
  if (X509_cmp_current_time(X509_get0_notBefore(certificate.get())) > 0) {
    return Refuse("tls.cert_file", tls.cert_file(), "is not valid yet");
  }
  const Key key(
      PEM_read_bio_PrivateKey(Open(identity.private_key).get(), nullptr, NoPassword, nullptr));
  if (key == nullptr) {
    return Refuse("tls.key_file", tls.key_file(), "has no private key without a password");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Refuse("tls.key_file", tls.key_file(),
                  absl::StrCat("is not the key of ", tls.cert_file()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TlsIdentity> LoadTlsIdentity(const server::Tls& tls) {
  TlsIdentity identity;
  ASSIGN_OR_RETURN(identity.certificate_chain, ReadSettingFile("tls.cert_file", tls.cert_file()));
  ASSIGN_OR_RETURN(identity.private_key, ReadSettingFile("tls.key_file", tls.key_file()));
  RETURN_IF_ERROR(CheckPair(tls, identity));
  if (tls.client_ca_file().empty()) return identity;
  ASSIGN_OR_RETURN(identity.client_authority,
                   ReadSettingFile("tls.client_ca_file", tls.client_ca_file()));
  if (FirstCertificate(identity.client_authority) == nullptr) {
    return Refuse("tls.client_ca_file", tls.client_ca_file(), "has no certificate");
  }
  return identity;
}

}  // namespace rubricator
