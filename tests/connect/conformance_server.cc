// ConformanceService of connectrpc.com/conformance behind the server's own HTTP: what
// `connectconformance --mode server` drives. Reads a ServerCompatRequest from standard input,
// writes a ServerCompatResponse to standard output, serves until it is ended.
#include <arpa/inet.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <map>
#include <string>
#include <thread>

#include "absl/strings/ascii.h"
#include "connectrpc/conformance/v1/server_compat.pb.h"
#include "connectrpc/conformance/v1/service.pb.h"
#include "server/call_environment.h"
#include "server/http/connect_handler.h"
#include "server/http/http_server.h"
#include "server/http/http_site.h"

namespace rubricator {
namespace {

namespace conformance = connectrpc::conformance::v1;

constexpr size_t kNoLimit = 1U << 28U;
constexpr auto kStep = std::chrono::milliseconds(5);

// The API of the product has no metadata, so handlers do not see any. Here every call is answered
// on the thread that its request came in on: what surrounds the handler is in reach.
struct Surroundings {
  conformance::ConformancePayload::RequestInfo request;
  std::map<std::string, std::string> headers;
  std::map<std::string, std::string> trailers;
};
thread_local Surroundings surroundings;

void ReadHeaders(const HttpRequest& request) {
  std::map<std::string, conformance::Header> headers;
  for (const auto& field : request) {
    const std::string name = absl::AsciiStrToLower(std::string(field.name_string()));
    headers[name].set_name(name);
    headers[name].add_value(std::string(field.value()));
  }
  for (const auto& [name, header] : headers) *surroundings.request.add_request_headers() = header;
}

void Keep(const google::protobuf::RepeatedPtrField<conformance::Header>& from,
          std::map<std::string, std::string>& to) {
  for (const conformance::Header& header : from) {
    for (const std::string& value : header.value()) {
      std::string& kept = to[header.name()];
      kept += (kept.empty() ? "" : ", ") + value;
    }
  }
}

absl::Status ToStatus(const conformance::Error& error) {
  absl::Status status(static_cast<absl::StatusCode>(error.code()), error.message());
  for (const google::protobuf::Any& detail : error.details()) {
    status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return status;
}

class ConformanceService {
 public:
  template <typename Request, typename Response>
  absl::Status Unary(const Request& request, const CallContext& context, Response& response) const {
    conformance::ConformancePayload::RequestInfo& info = surroundings.request;
    if (context.deadline.has_value()) {
      info.set_timeout_ms(
          std::chrono::duration_cast<std::chrono::milliseconds>(*context.deadline - context.now)
              .count());
    }
    info.add_requests()->PackFrom(request);
    const conformance::UnaryResponseDefinition& definition = request.response_definition();
    const auto ready = std::chrono::steady_clock::now() +
                       std::chrono::milliseconds(definition.response_delay_ms());
    while (std::chrono::steady_clock::now() < ready) {
      const absl::Status status = context.Check();
      if (!status.ok()) return status;
      std::this_thread::sleep_for(kStep);
    }
    Keep(definition.response_headers(), surroundings.headers);
    Keep(definition.response_trailers(), surroundings.trailers);
    if (definition.has_error()) {
      conformance::Error error = definition.error();
      error.add_details()->PackFrom(info);
      return ToStatus(error);
    }
    response.mutable_payload()->set_data(definition.response_data());
    *response.mutable_payload()->mutable_request_info() = info;
    return absl::OkStatus();
  }
};

// As each protocol has them: Connect in headers, gRPC-Web in the last frame.
void WriteTrailers(HttpResponse& response) {
  const bool grpc_web =
      AsStd(response[http::field::content_type]).starts_with("application/grpc-web");
  for (const auto& [name, value] : surroundings.trailers) {
    if (!grpc_web) {
      response.set("Trailer-" + name, value);
      continue;
    }
    std::string& body = response.body();
    uint32_t size = 0;
    size_t frame = 0;
    for (size_t next = 0; next < body.size(); next += 5 + size) {
      frame = next;
      size = ntohl(*reinterpret_cast<const uint32_t*>(body.substr(next + 1, 4).data()));
    }
    body += name + ": " + value + "\r\n";
    size = htonl(static_cast<uint32_t>(body.size() - frame - 5));
    body.replace(frame + 1, 4, reinterpret_cast<const char*>(&size), 4);
  }
}

template <typename Message>
bool ReadFrame(Message& message) {
  uint32_t size = 0;
  std::cin.read(reinterpret_cast<char*>(&size), sizeof(size));
  std::string bytes(ntohl(size), '\0');
  std::cin.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return std::cin.good() && message.ParseFromString(bytes);
}

int Run() {
  conformance::ServerCompatRequest request;
  if (!ReadFrame(request)) return 64;
  const size_t limit =
      request.message_receive_limit() == 0 ? kNoLimit : request.message_receive_limit();
  const ConformanceService conformance_service;
  MethodTable methods;
  const std::string prefix = "connectrpc.conformance.v1.ConformanceService.";
  methods.Add(prefix + "Unary", conformance_service,
              &ConformanceService::Unary<conformance::UnaryRequest, conformance::UnaryResponse>);
  methods.Add(prefix + "IdempotentUnary", conformance_service,
              &ConformanceService::Unary<conformance::IdempotentUnaryRequest,
                                         conformance::IdempotentUnaryResponse>);
  const Service service;
  WorkerPool workers(1, 1);
  OpenCalls open_calls;
  JsonLog log(server::OFF);
  Metrics metrics(methods);
  CallEnvironment environment{.service = service,
                              .methods = methods,
                              .workers = workers,
                              .store_workers = workers,
                              .models_workers = workers,
                              .open_calls = open_calls,
                              .log = log,
                              .metrics = metrics,
                              .inline_bytes = kNoLimit};
  const ConnectHandler handler(methods, environment, limit);
  const HttpSite site({.api = &handler, .is_ready = [] { return true; }, .metrics = nullptr},
                      CorsPolicy({"*"}));
  const auto minute = std::chrono::minutes(1);
  auto server = HttpServer::Start("127.0.0.1:0",
                                  {.max_body_bytes = limit,
                                   .max_connections = 1000,
                                   .idle_timeout = minute,
                                   .read_timeout = minute,
                                   .write_timeout = minute},
                                  [&](HttpExchange exchange) {
                                    surroundings = {};
                                    ReadHeaders(exchange.request);
                                    exchange.respond = [respond = std::move(exchange.respond)](
                                                           HttpResponse response,
                                                           std::function<void()> on_sent) {
                                      for (const auto& [name, value] : surroundings.headers)
                                        response.set(name, value);
                                      WriteTrailers(response);
                                      respond(std::move(response), std::move(on_sent));
                                    };
                                    site.Answer(std::move(exchange));
                                  });
  if (!server.ok()) return 69;
  conformance::ServerCompatResponse response;
  response.set_host("127.0.0.1");
  response.set_port(static_cast<uint32_t>((*server)->port()));
  const std::string bytes = response.SerializeAsString();
  const uint32_t size = htonl(static_cast<uint32_t>(bytes.size()));
  std::cout.write(reinterpret_cast<const char*>(&size), sizeof(size));
  std::cout << bytes << std::flush;
  pause();
  return 0;
}

}  // namespace
}  // namespace rubricator

int main() { return rubricator::Run(); }
