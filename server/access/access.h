// The door of the server: TLS, tokens and admission, the same for each transport.
#ifndef RUBRICATOR_SERVER_ACCESS_ACCESS_H_
#define RUBRICATOR_SERVER_ACCESS_ACCESS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "server/access/access_policy.h"
#include "server/access/admission.h"
#include "server/access/file_watch.h"
#include "server/access/reloaded.h"
#include "server/access/tls_identity.h"
#include "server/access/token_list.h"
#include "server/config.pb.h"
#include "server/json_log.h"
#include "server/listen_address.h"

namespace rubricator {

// A call that was let in.
struct Admitted {
  std::string token_name;  // empty: none is asked for
  Admission::Permit permit;
};

// Thread-safe. Certificates and tokens are read again when their files change.
class Access {
 public:
  // Borrows `log`. Errors: those of LoadTlsIdentity and of TokenList::Parse; FAILED_PRECONDITION
  // for a file that cannot be read and for settings of tls that do not go together.
  static absl::StatusOr<std::unique_ptr<Access>> Create(const server::Config& config, JsonLog& log);

  // Whether the server may listen there: other machines must meet TLS or be asked for a token,
  // unless the settings say otherwise. `setting` names the address. Warns in the log where others
  // can read or do more than most want. Errors: FAILED_PRECONDITION.
  absl::Status CheckAddress(std::string_view setting, const ListenAddress& address) const;

  // For gRPC's ports; of the TLS identity, or without TLS. This must outlive the gRPC server.
  const std::shared_ptr<grpc::ServerCredentials>& grpc_credentials() const {
    return grpc_credentials_;
  }
  // Null: no TLS.
  const Reloaded<TlsIdentity>* tls() const { return tls_.get(); }

  // Lets a call in. `address` of the caller, empty for a socket file; `authorization` as sent.
  // Errors: those of AccessPolicy::Authorize, then those of Admission::Enter.
  absl::StatusOr<Admitted> Admit(const std::string& address, std::string_view authorization,
                                 const google::protobuf::MethodDescriptor& method);

  // Reads certificates and tokens again. What is bad is logged and stays as it was.
  void Reload();

 private:
  Access(const server::Config& config, JsonLog& log);

  const server::Config config_;
  JsonLog& log_;
  std::unique_ptr<Reloaded<TlsIdentity>> tls_;
  std::shared_ptr<grpc::ServerCredentials> grpc_credentials_;
  std::unique_ptr<Reloaded<TokenList>> tokens_;
  AccessPolicy policy_{nullptr};
  Admission admission_;
  std::unique_ptr<FileWatch> watch_;  // null: nothing to watch; first to go
};

// Whom limits count as one caller: an IPv4 address, the /64 network of an IPv6 address, which is
// one household or machine, and everybody on a socket file.
std::string CallerGroup(const std::string& address);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_ACCESS_H_
