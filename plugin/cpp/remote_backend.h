// Asks a server over gRPC.
#ifndef RUBRICATOR_PLUGIN_CPP_REMOTE_BACKEND_H_
#define RUBRICATOR_PLUGIN_CPP_REMOTE_BACKEND_H_

#include <sys/types.h>

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/security/credentials.h"
#include "plugin/cpp/backend.h"
#include "plugin/cpp/client_options.h"
#include "plugin/cpp/target.h"

namespace rubricator {

// Thread-safe. The channel is created by the first call, in the process that makes it.
class RemoteBackend final : public Backend {
 public:
  // `target` is remote. Reads the TLS files. Errors: NOT_FOUND one is missing; INVALID_ARGUMENT a
  // certificate without its key, or the other way round; FAILED_PRECONDITION a token that would
  // travel in plain text.
  static absl::StatusOr<std::unique_ptr<RemoteBackend>> Create(const Target& target,
                                                               const ClientOptions& options);

  absl::Status Call(const google::protobuf::MethodDescriptor& method,
                    const google::protobuf::Message& request, std::chrono::milliseconds timeout,
                    google::protobuf::Message& response) const override;
  absl::Status Stream(const StreamSource& source, const StreamSink& sink,
                      const StreamLimits& limits) const override;

 private:
  // What the credentials are made from; kept as text, for gRPC may not be touched before the first
  // call.
  struct TlsFiles {
    bool enabled = false;
    std::string ca, cert, key, server_name;
  };

  RemoteBackend(std::string address, TlsFiles tls, std::string bearer_token, int max_attempts);

  absl::StatusOr<std::shared_ptr<grpc::Channel>> ConnectedChannel() const;
  std::shared_ptr<grpc::Channel> CreateChannel() const;
  void Authorize(grpc::ClientContext& context) const;

  const std::string address_;
  const TlsFiles tls_;
  const std::string bearer_token_;
  const int max_attempts_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<grpc::Channel> channel_;  // null until the first call
  mutable pid_t owner_ = 0;                         // process that created it
};

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_REMOTE_BACKEND_H_
