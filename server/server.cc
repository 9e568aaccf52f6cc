#include "server/server.h"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "server/config_binder.h"
#include "server/correction_settings.h"
#include "server/model_settings.h"

namespace rubricator {
namespace {

// How long most calls take, by far. gRPC's Shutdown() closes the port and sends callers elsewhere,
// but resets calls that are on the wire at that moment: their callers see CANCELLED, which nobody
// tries again. So it waits for the calls that end soon. Meanwhile new ones are answered
// UNAVAILABLE, and when all have ended the connections are simply closed, which callers see as
// UNAVAILABLE too. Only longer calls outlast Shutdown().
constexpr auto kOrdinaryCallTime = std::chrono::milliseconds(500);
// After the last answer: time for its bytes to leave, and for a call that gRPC was just handing
// over.
constexpr auto kQuietTime = std::chrono::milliseconds(50);

std::set<const google::protobuf::ServiceDescriptor*> ServicesOf(const MethodTable& table) {
  std::set<const google::protobuf::ServiceDescriptor*> services;
  for (const auto& [name, method] : table.methods()) services.insert(method.descriptor->service());
  return services;
}

// Calls in line for a thread that may wait; more are answered RESOURCE_EXHAUSTED.
constexpr size_t kMostWaitingCalls = 1024;
// A switch of models, and a list of them meanwhile.
constexpr size_t kModelsThreads = 2;

// What connections may take, before any of their calls is one of ours.
// https://github.com/grpc/grpc/blob/v1.51.1/include/grpc/impl/codegen/grpc_types.h
void BoundConnections(const server::Connections& connections, grpc::ServerBuilder& builder) {
  const auto set = [&builder](const char* name, uint64_t value) {
    builder.AddChannelArgument(name, static_cast<int>(value));
  };
  set(GRPC_ARG_MAX_CONCURRENT_STREAMS, std::min<uint64_t>(connections.max_streams(), INT_MAX));
  set(GRPC_ARG_MAX_METADATA_SIZE, connections.max_header_bytes());
  set(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, connections.handshake_seconds() * 1000ULL);
  set(GRPC_ARG_KEEPALIVE_TIME_MS, connections.ping_seconds() * 1000ULL);
  set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  set(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  if (connections.max_idle_seconds() > 0) {
    set(GRPC_ARG_MAX_CONNECTION_IDLE_MS, connections.max_idle_seconds() * 1000ULL);
  }
  if (connections.max_age_seconds() > 0) {
    set(GRPC_ARG_MAX_CONNECTION_AGE_MS, connections.max_age_seconds() * 1000ULL);
  }
}

// `setting` names the file in an error. An empty `path`: nothing is written.
absl::Status WritePort(const char* setting, const std::string& path, int port) {
  if (path.empty()) return absl::OkStatus();
  const std::string unfinished = path + ".part";
  std::ofstream file(unfinished);
  file << port << "\n";
  file.close();
  std::error_code error;
  if (file.good()) std::filesystem::rename(unfinished, path, error);
  if (file.good() && !error) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(setting, ": ", path, " cannot be written"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const server::Config& config, JsonLog& log) {
  ASSIGN_OR_RETURN(const ListenAddress listen, ListenAddress::Parse(config.listen()));
  ASSIGN_OR_RETURN(std::unique_ptr<Access> access, Access::Create(config, log));
  RETURN_IF_ERROR(access->CheckAddress("listen", listen));
  ASSIGN_OR_RETURN(std::unique_ptr<CorrectionDatabase> corrections, OpenCorrections(config));
  std::unique_ptr<Server> server(
      new Server(config, listen, log, std::move(access), std::move(corrections)));
  RETURN_IF_ERROR(server->Listen());
  if (server->access_->tls() != nullptr) {
    server->http_tls_ = std::make_unique<HttpTls>(*server->access_->tls());
  }
  if (!config.http().listen().empty()) {
    ASSIGN_OR_RETURN(server->http_,
                     server->ListenForHttp("http", config.http().listen(), server->site_));
  }
  if (!config.metrics().listen().empty()) {
    ASSIGN_OR_RETURN(
        server->metrics_http_,
        server->ListenForHttp("metrics", config.metrics().listen(), server->metrics_site_));
  }
  return server;
}

Server::Server(const server::Config& config, const ListenAddress& listen, JsonLog& log,
               std::unique_ptr<Access> access, std::unique_ptr<CorrectionDatabase> corrections)
    : config_(config),
      listen_(listen),
      log_(log),
      access_(std::move(access)),
      corrections_(std::move(corrections)),
      service_({.corrections = {.store = corrections_.get(),
                                .keep_text = config.corrections().keep_text()},
                .models = ModelOptions()}),
      metrics_(service_.methods()),
      workers_(config.workers().threads(), config.workers().queue_length()),
      store_workers_(config.corrections().callers(), kMostWaitingCalls),
      models_workers_(kModelsThreads, kMostWaitingCalls),
      environment_{.service = service_,
                   .methods = service_.methods(),
                   .access = *access_,
                   .workers = workers_,
                   .store_workers = store_workers_,
                   .models_workers = models_workers_,
                   .open_calls = open_calls_,
                   .log = log_,
                   .metrics = metrics_,
                   .inline_bytes = config.workers().inline_bytes()},
      connect_(service_.methods(), environment_, config.limits().max_message_bytes()),
      site_({.api = &connect_,
             .is_ready = [this] { return ready_.load(); },
             .metrics = config.metrics().listen().empty() ? MetricsText() : nullptr},
            CorsPolicy(
                {config.http().allowed_origins().begin(), config.http().allowed_origins().end()})),
      metrics_site_({.is_ready = [this] { return ready_.load(); }, .metrics = MetricsText()},
                    CorsPolicy({})) {
  WatchGauges();
  for (const auto* descriptor : ServicesOf(service_.methods())) {
    api_.push_back(std::make_unique<ApiService>(*descriptor, environment_));
  }
}

Server::~Server() {
  const auto now = std::chrono::system_clock::now();
  if (grpc_listener_ != nullptr) grpc_listener_->Close();
  if (grpc_server_ != nullptr) grpc_server_->Shutdown(now);
  for (HttpServer* http : {http_.get(), metrics_http_.get()}) {
    if (http != nullptr) http->Cut();
  }
  open_calls_.WaitUntilNone(now + std::chrono::minutes(1));  // both have ended all; none is inside
}

ModelSwitchOptions Server::ModelOptions() {
  ModelSwitchOptions options = ReadModelSettings(config_, log_);
  options.on_attempt = [this, tell = std::move(options.on_attempt)](
                           const std::string& version, const absl::StatusOr<Activation>& attempt) {
    tell(version, attempt);
    if (attempt.ok()) {
      metrics_.SetModel(version);
    } else {
      metrics_.CountRefusedModel();
    }
  };
  return options;
}

absl::Status Server::Listen() {
  if (listen_.port != 0 || !listen_.unix_path.empty()) RETURN_IF_ERROR(listen_.Probe());
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  ASSIGN_OR_RETURN(grpc_listener_, GrpcListener::Bind(listen_));
  port_ = grpc_listener_->port();
  auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      access_->grpc_credentials());
  BoundConnections(config_.connections(), builder);
  builder.SetMaxReceiveMessageSize(static_cast<int>(config_.limits().max_message_bytes()));
  for (const std::unique_ptr<ApiService>& service : api_) builder.RegisterService(service.get());
  grpc_server_ = builder.BuildAndStart();
  if (grpc_server_ == nullptr) return absl::InternalError("gRPC's server cannot be started");
  SetServing(false);
  grpc_listener_->Start(std::move(acceptor));
  const std::string& listen = config_.listen();
  address_ = listen_.unix_path.empty()
                 ? listen.substr(0, listen.rfind(':') + 1) + std::to_string(port_)
                 : listen;
  LogAddress("grpc", address_);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<HttpServer>> Server::ListenForHttp(const std::string& transport,
                                                                  const std::string& listen,
                                                                  const HttpSite& site) {
  using std::chrono::milliseconds;
  const server::Http& http = config_.http();
  const HttpLimits limits{.max_body_bytes = config_.limits().max_message_bytes(),
                          .max_connections = http.max_connections(),
                          .idle_timeout = milliseconds(http.idle_timeout_ms()),
                          .read_timeout = milliseconds(http.read_timeout_ms()),
                          .write_timeout = milliseconds(http.write_timeout_ms())};
  ASSIGN_OR_RETURN(const ListenAddress address, ListenAddress::Parse(listen));
  RETURN_IF_ERROR(access_->CheckAddress(absl::StrCat(transport, ".listen"), address));
  ASSIGN_OR_RETURN(
      std::unique_ptr<HttpServer> server,
      HttpServer::Start(
          listen, limits, [&site](HttpExchange exchange) { site.Answer(std::move(exchange)); },
          http_tls_.get()));
  LogAddress(transport, server->address());
  return server;
}

void Server::WatchGauges() {
  const auto queue = [this](const char* name, const WorkerPool& pool) {
    metrics_.Watch({.name = "rubricator_queue_length",
                    .help = "Calls that wait for a worker",
                    .labels = {{"pool", name}},
                    .value = [&pool] { return static_cast<double>(pool.QueueLength()); }});
  };
  queue("workers", workers_);
  queue("store_workers", store_workers_);
  queue("models_workers", models_workers_);
  metrics_.Watch({.name = "rubricator_open_calls",
                  .help = "Calls that are not answered yet; an open stream is one",
                  .labels = {},
                  .value = [this] { return static_cast<double>(open_calls_.Count()); }});
  metrics_.Watch({.name = "rubricator_ready",
                  .help = "1 while the model answers and the server is not draining",
                  .labels = {},
                  .value = [this] { return ready_ ? 1.0 : 0.0; }});
}

void Server::LogAddress(const std::string& transport, const std::string& address) {
  log_.Event(spdlog::level::info, "listening",
             {{"transport", transport}, {"address", address}, {"tls", access_->tls() != nullptr}});
}

absl::Status Server::LoadModel() {
  const auto begun = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const Activation activation, service_.models().Begin());
  RETURN_IF_ERROR(service_.WarmUp());
  metrics_.SetModel(activation.version);
  if (config_.models().watch()) {
    // What was refused is told by the attempt itself.
    const auto take_newer = [this] { (void)service_.models().ActivateNewer(); };
    ASSIGN_OR_RETURN(watch_, FolderWatch::Start(config_.models().root(), take_newer));
  }
  SetServing(true);
  RETURN_IF_ERROR(WritePort("port_file", config_.port_file(), port_));
  if (http_ != nullptr) {
    RETURN_IF_ERROR(WritePort("http.port_file", config_.http().port_file(), http_->port()));
  }
  const auto duration = std::chrono::steady_clock::now() - begun;
  log_.Event(
      spdlog::level::info, "serving",
      {{"address", address_},
       {"http_address", http_address()},
       {"model_version", activation.version},
       {"load_ms", std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()}});
  // Articles are classified all the same, and the store may come back.
  const absl::Status kept = corrections_ == nullptr ? absl::OkStatus() : corrections_->Check();
  if (!kept.ok()) {
    log_.Event(spdlog::level::err, "corrections_unavailable",
               {{"message", std::string(kept.message())}});
  }
  return absl::OkStatus();
}

void Server::Reload(const server::Config& config) {
  std::vector<std::string> need_restart;
  for (const SettingName& setting : DifferingSettings(config_, config)) {
    if (!setting.live) need_restart.push_back(setting.path);
  }
  const absl::Status routing = service_.models().ReloadRouting(config.routing_file());
  if (routing.ok()) {
    config_.set_routing_file(config.routing_file());
  } else {
    log_.Event(spdlog::level::err, "routing_refused",
               {{"message", std::string(routing.message())}});
  }
  config_.set_drain_seconds(config.drain_seconds());
  config_.mutable_log()->set_level(config.log().level());
  log_.SetLevel(config.log().level());
  access_->Reload();
  log_.Event(spdlog::level::info, "reloaded",
             {{"routing", routing.ok()}, {"need_restart", need_restart}});
}

bool Server::Drain() {
  const auto begun = std::chrono::system_clock::now();
  const auto deadline = begun + std::chrono::seconds(config_.drain_seconds());
  SetServing(false);
  open_calls_.BeginDrain();
  if (http_ != nullptr) http_->BeginDrain();
  log_.Event(spdlog::level::info, "draining", {{"open_calls", open_calls_.Count()}});
  bool drained = open_calls_.WaitUntilNone(std::min(deadline, begun + kOrdinaryCallTime));
  std::thread shutdown;
  if (!drained) {
    grpc_listener_->Close();
    shutdown = std::thread([this, deadline] { grpc_server_->Shutdown(deadline); });
    drained = open_calls_.WaitUntilNone(deadline);
  }
  if (drained) std::this_thread::sleep_for(kQuietTime);
  grpc_listener_->Close();
  // Closes the connections, also under calls that end by nothing else, as health's Watch.
  grpc_server_cancel_all_calls(grpc_server_->c_server());
  if (http_ != nullptr) http_->Cut();
  if (shutdown.joinable()) shutdown.join();
  grpc_server_->Shutdown(deadline);
  grpc_server_.reset();
  log_.Event(drained ? spdlog::level::info : spdlog::level::warn, "drained",
             {{"all_answered", drained}});
  return drained;
}

void Server::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface& health = *grpc_server_->GetHealthCheckService();
  ready_ = serving;
  health.SetServingStatus("", serving);
  for (const auto* descriptor : ServicesOf(service_.methods())) {
    health.SetServingStatus(descriptor->full_name(), serving);
  }
}

}  // namespace rubricator
