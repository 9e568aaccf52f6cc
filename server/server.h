// The server, over gRPC and HTTP: from the bound addresses to the drained end.
#ifndef RUBRICATOR_SERVER_SERVER_H_
#define RUBRICATOR_SERVER_SERVER_H_

#include <grpcpp/server.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "corrections/correction_database.h"
#include "server/access/access.h"
#include "server/api_service.h"
#include "server/call_environment.h"
#include "server/config.pb.h"
#include "server/folder_watch.h"
#include "server/grpc_listener.h"
#include "server/http/connect_handler.h"
#include "server/http/http_server.h"
#include "server/http/http_site.h"
#include "server/http/http_tls.h"
#include "server/json_log.h"
#include "server/listen_address.h"
#include "server/metrics/metrics.h"
#include "server/open_calls.h"
#include "server/worker_pool.h"
#include "service/model_switch.h"
#include "service/service.h"

namespace rubricator {

// Start(), then LoadModel(), then Drain(), each once, and Reload() in between, on one thread. Calls
// are answered on others.
class Server {
 public:
  // Binds the addresses and answers at once: calls UNAVAILABLE, health NOT_SERVING. `log` is
  // borrowed. Errors: INVALID_ARGUMENT for a bad address or store; those of Access::Create and
  // Access::CheckAddress; UNAVAILABLE when one cannot be listened on, with the reason.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const server::Config& config, JsonLog& log);
  // Drains without grace, if Drain() was not called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Loads bundle and routing file, has the model answer a warm-up article, then: health SERVING,
  // the port files written. Errors: those of Snapshot::Load and Service::WarmUp;
  // FAILED_PRECONDITION when a port file cannot be written.
  absl::Status LoadModel();

  // Takes over the settings of `config` that may change while the server runs (config.proto: live)
  // and reads the routing file, certificates and tokens again, in any case. A routing file that is
  // refused leaves the old rules. The log says what was done ("reloaded", "routing_refused"), and
  // which changes need a restart.
  void Reload(const server::Config& config);

  // Ends: health NOT_SERVING, new calls UNAVAILABLE, streams end after the answer in work, other
  // calls get drain_seconds. Returns when all are answered or cancelled. False: some were
  // cancelled.
  bool Drain();

  // "127.0.0.1:50051" with the port that was bound, "[::1]:50051" or "unix:/path": a gRPC target.
  const std::string& address() const { return address_; }
  // The same of HTTP, with which "http://" makes a URL; empty when there is none.
  std::string http_address() const { return http_ == nullptr ? "" : http_->address(); }
  // The same of metrics.listen.
  std::string metrics_address() const {
    return metrics_http_ == nullptr ? "" : metrics_http_->address();
  }
  const Service& service() const { return service_; }
  // Calls of the API that are not answered yet; an open stream is one.
  size_t OpenCallCount() const { return open_calls_.Count(); }

 private:
  Server(const server::Config& config, const ListenAddress& listen, JsonLog& log,
         std::unique_ptr<Access> access, std::unique_ptr<CorrectionDatabase> corrections);
  absl::Status Listen();
  absl::StatusOr<std::unique_ptr<HttpServer>> ListenForHttp(const std::string& transport,
                                                            const std::string& listen,
                                                            const HttpSite& site);
  std::function<std::string()> MetricsText() const {
    return [this] { return metrics_.Text(std::chrono::system_clock::now()); };
  }
  ModelSwitchOptions ModelOptions();
  void WatchGauges();
  void LogAddress(const std::string& transport, const std::string& address);
  void SetServing(bool serving);

  server::Config config_;  // of the one thread
  const ListenAddress listen_;
  JsonLog& log_;
  const std::unique_ptr<Access> access_;
  std::unique_ptr<CorrectionDatabase> corrections_;  // null: none are kept
  Service service_;
  OpenCalls open_calls_;
  std::atomic<bool> ready_ = false;
  Metrics metrics_;
  std::unique_ptr<HttpTls> http_tls_;         // null: no TLS
  std::unique_ptr<HttpServer> metrics_http_;  // null: metrics have no address of their own
  std::unique_ptr<HttpServer> http_;  // null: no HTTP. Outlives the workers, which answer by it
  WorkerPool workers_;
  WorkerPool store_workers_;
  WorkerPool models_workers_;
  CallEnvironment environment_;
  ConnectHandler connect_;
  HttpSite site_;
  HttpSite metrics_site_;
  std::vector<std::unique_ptr<ApiService>> api_;
  std::unique_ptr<GrpcListener> grpc_listener_;
  std::unique_ptr<grpc::Server> grpc_server_;  // null before Listen() and after Drain()
  std::string address_;
  int port_ = 0;
  std::unique_ptr<FolderWatch> watch_;  // of models.root; null: none
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_SERVER_H_
