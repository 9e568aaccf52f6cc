#include "plugin/cpp/remote_backend.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "classifier/status_macros.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/channel_arguments.h"
#include "plugin/cpp/classify_reactor.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator {
namespace {

using google::protobuf::Message;

// A batch of 1,000 answers with evidence is over gRPC's 4 MB; the server's own limit is on what it
// receives.
constexpr int kMaxResponseBytes = 64 << 20;
// A server with gRPC's defaults drops callers that ping an idle connection more often than every 5
// minutes.
constexpr int kKeepaliveMs = 330'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
// After a restart of the server a client is back within 5 s; gRPC's default is 2 minutes.
constexpr int kFirstReconnectMs = 100;
constexpr int kSlowestReconnectMs = 5'000;

// https://github.com/grpc/grpc/blob/master/doc/service_config.md; `{}` names every method.
std::string RetryPolicy(int max_attempts) {
  if (max_attempts < 2) return "{}";
  return absl::StrCat(
      R"({"methodConfig":[{"name":[{}],"waitForReady":false,"retryPolicy":{"maxAttempts":)",
      max_attempts,
      R"(,"initialBackoff":"0.1s","maxBackoff":"1s","backoffMultiplier":2,)"
      R"("retryableStatusCodes":["UNAVAILABLE"]}}]})");
}

absl::Status ReadPem(const std::string& path, std::string& text) {
  if (path.empty()) return absl::OkStatus();
  std::error_code ignored;
  std::ifstream file(path, std::ios::binary);
  if (!file || !std::filesystem::is_regular_file(path, ignored)) {
    return absl::NotFoundError(absl::StrCat("cannot read TLS file ", path));
  }
  std::ostringstream content;
  content << file.rdbuf();
  text = content.str();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<RemoteBackend>> RemoteBackend::Create(const Target& target,
                                                                     const ClientOptions& options) {
  const TlsOptions& wanted = options.tls;
  if (wanted.cert_file.empty() != wanted.key_file.empty()) {
    return absl::InvalidArgumentError("a TLS client certificate and its key go together");
  }
  TlsFiles tls{.enabled = wanted.enabled || !wanted.ca_file.empty() || !wanted.cert_file.empty(),
               .ca = {},
               .cert = {},
               .key = {},
               .server_name = wanted.server_name};
  RETURN_IF_ERROR(ReadPem(wanted.ca_file, tls.ca));
  RETURN_IF_ERROR(ReadPem(wanted.cert_file, tls.cert));
  RETURN_IF_ERROR(ReadPem(wanted.key_file, tls.key));
  if (!options.bearer_token.empty() && !tls.enabled && !target.is_local) {
    return absl::FailedPreconditionError(
        absl::StrCat("a token for ", target.address, " needs TLS: it would travel in plain text"));
  }
  return std::unique_ptr<RemoteBackend>(new RemoteBackend(
      target.address, std::move(tls), options.bearer_token, options.max_attempts));
}

RemoteBackend::RemoteBackend(std::string address, TlsFiles tls, std::string bearer_token,
                             int max_attempts)
    : address_(std::move(address)),
      tls_(std::move(tls)),
      bearer_token_(std::move(bearer_token)),
      max_attempts_(max_attempts) {}

absl::Status RemoteBackend::Call(const google::protobuf::MethodDescriptor& method,
                                 const Message& request, std::chrono::milliseconds timeout,
                                 Message& response) const {
  ASSIGN_OR_RETURN(const auto channel, ConnectedChannel());
  grpc::TemplatedGenericStub<Message, Message> stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + timeout);
  Authorize(context);
  grpc::Status status;
  absl::Notification done;
  const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
  stub.UnaryCall(&context, path, grpc::StubOptions(), &request, &response,
                 [&](grpc::Status result) {
                   status = std::move(result);
                   done.Notify();
                 });
  done.WaitForNotification();
  return FromGrpcStatus(status);
}

absl::Status RemoteBackend::Stream(const StreamSource& source, const StreamSink& sink,
                                   const StreamLimits& limits) const {
  ASSIGN_OR_RETURN(const auto channel, ConnectedChannel());
  const auto stub = v1::ClassificationService::NewStub(channel);
  ClassifyReactor reactor(source, sink, limits);
  Authorize(reactor.context());
  return reactor.Run(*stub);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> RemoteBackend::ConnectedChannel() const {
  std::lock_guard lock(mutex_);
  if (channel_ == nullptr) {
    channel_ = CreateChannel();
    owner_ = getpid();
  } else if (owner_ != getpid()) {
    return absl::FailedPreconditionError(
        "this client connected before the process was forked; call it only after the fork");
  }
  return channel_;
}

std::shared_ptr<grpc::Channel> RemoteBackend::CreateChannel() const {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(RetryPolicy(max_attempts_));
  arguments.SetMaxReceiveMessageSize(kMaxResponseBytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstReconnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kSlowestReconnectMs);
  // The server stands in the newsroom; http_proxy is for the world outside.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // Two clients with other options never share a connection by accident.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  if (!tls_.server_name.empty()) arguments.SetSslTargetNameOverride(tls_.server_name);
  const auto credentials = tls_.enabled ? grpc::SslCredentials({tls_.ca, tls_.key, tls_.cert})
                                        : grpc::InsecureChannelCredentials();
  return grpc::CreateCustomChannel(address_, credentials, arguments);
}

void RemoteBackend::Authorize(grpc::ClientContext& context) const {
  if (bearer_token_.empty()) return;
  context.AddMetadata("authorization", absl::StrCat("Bearer ", bearer_token_));
}

}  // namespace rubricator
