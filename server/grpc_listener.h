// The port of gRPC: accepts connections and hands them to gRPC's server.
#ifndef RUBRICATOR_SERVER_GRPC_LISTENER_H_
#define RUBRICATOR_SERVER_GRPC_LISTENER_H_

#include <grpcpp/server_builder.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "server/listen_address.h"

namespace rubricator {

// gRPC 1.51's own listener stops for good when the process has no file descriptor left for a
// connection. This one goes on as soon as there is one again. A new connection that would take one
// of the last descriptors is closed at once: they are for databases, certificates and bundles.
class GrpcListener {
 public:
  // Binds; nothing is accepted yet. Errors: UNAVAILABLE with the reason.
  static absl::StatusOr<std::unique_ptr<GrpcListener>> Bind(const ListenAddress& address);
  // As Close().
  ~GrpcListener();
  GrpcListener(const GrpcListener&) = delete;
  GrpcListener& operator=(const GrpcListener&) = delete;

  // Accepts from now on, on a thread of its own; once. gRPC's server must have been started.
  void Start(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor);
  // Closes the port; connections that stand are gRPC's. Returns when nothing is handed over any
  // more, and must have before gRPC's server shuts down.
  void Close();

  int port() const { return port_; }  // 0 for a socket file

 private:
  GrpcListener() = default;
  absl::Status BindTcp(const ListenAddress& address);
  absl::Status BindUnix(const std::string& path);
  void Accept();
  void AcceptFrom(int listener);

  std::vector<int> sockets_;
  int port_ = 0;
  std::string unix_path_;
  int stop_ = -1;  // an eventfd
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::thread thread_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_GRPC_LISTENER_H_
