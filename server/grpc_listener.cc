#include "server/grpc_listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

// Left for files: a bundle has ten, the store a few, and each is open for a moment only.
constexpr rlim_t kReservedDescriptors = 32;
// When descriptors are used up, they are not back at once.
constexpr int kPauseMs = 100;

absl::Status Unavailable(const std::string& where, int error) {
  return absl::UnavailableError(
      absl::StrCat("cannot listen on ", where, ": ", std::generic_category().message(error)));
}

// A descriptor's number is the lowest that is free, so it tells how many are taken.
bool IsOfTheLast(int descriptor) {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<rlim_t>(descriptor) + kReservedDescriptors >= limit.rlim_cur;
}

uint16_t BoundPort(int socket) {
  sockaddr_storage bound = {};
  socklen_t size = sizeof(bound);
  getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size);
  // The port stands at the same place for both families.
  return ntohs(reinterpret_cast<const sockaddr_in*>(&bound)->sin_port);
}

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcListener>> GrpcListener::Bind(const ListenAddress& address) {
  std::unique_ptr<GrpcListener> listener(new GrpcListener());
  listener->stop_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (listener->stop_ < 0) return Unavailable("any address", errno);
  RETURN_IF_ERROR(address.unix_path.empty() ? listener->BindTcp(address)
                                            : listener->BindUnix(address.unix_path));
  return listener;
}

GrpcListener::~GrpcListener() {
  Close();
  if (stop_ >= 0) close(stop_);
}

absl::Status GrpcListener::BindTcp(const ListenAddress& address) {
  const std::string where = absl::StrCat(address.host, ":", address.port);
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int error =
      getaddrinfo(address.host.c_str(), absl::StrCat(address.port).c_str(), &hints, &found);
  if (error != 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", where, ": ", gai_strerror(error)));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    const int bound = socket(entry->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (bound < 0) return Unavailable(where, errno);
    sockets_.push_back(bound);
    const int on = 1;
    setsockopt(bound, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    setsockopt(bound, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));  // connections inherit it
    // "::" is every address, IPv4 too, as gRPC has it.
    const int off = 0;
    if (entry->ai_family == AF_INET6)
      setsockopt(bound, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    // A name with two addresses has the first one's port at both, where any will do.
    reinterpret_cast<sockaddr_in*>(entry->ai_addr)->sin_port =
        htons(static_cast<uint16_t>(port_ != 0 ? port_ : address.port));
    if (bind(bound, entry->ai_addr, entry->ai_addrlen) != 0 || listen(bound, SOMAXCONN) != 0) {
      return Unavailable(where, errno);
    }
    port_ = BoundPort(bound);
  }
  return absl::OkStatus();
}

absl::Status GrpcListener::BindUnix(const std::string& path) {
  const std::string where = absl::StrCat("unix:", path);
  const int bound = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (bound < 0) return Unavailable(where, errno);
  sockets_.push_back(bound);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), address.sun_path);
  unlink(path.c_str());  // left over by a server that was killed; Probe() found nobody behind it
  if (bind(bound, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      listen(bound, SOMAXCONN) != 0) {
    return Unavailable(where, errno);
  }
  unix_path_ = path;
  return absl::OkStatus();
}

void GrpcListener::Start(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor) {
  acceptor_ = std::move(acceptor);
  thread_ = std::thread([this] { Accept(); });
}

void GrpcListener::Close() {
  if (thread_.joinable()) {
    const uint64_t one = 1;
    // An eventfd that is full stops as well as one that is not.
    [[maybe_unused]] const ssize_t written = write(stop_, &one, sizeof(one));
    thread_.join();
  }
  for (const int bound : std::exchange(sockets_, {})) close(bound);
  if (!unix_path_.empty()) unlink(std::exchange(unix_path_, "").c_str());
}

void GrpcListener::Accept() {
  std::vector<pollfd> ready;
  for (const int bound : sockets_) ready.push_back({.fd = bound, .events = POLLIN, .revents = 0});
  ready.push_back({.fd = stop_, .events = POLLIN, .revents = 0});
  while (true) {
    if (poll(ready.data(), ready.size(), -1) < 0) continue;
    if (ready.back().revents != 0) return;
    for (const pollfd& bound : ready) {
      if (bound.revents != 0) AcceptFrom(bound.fd);
    }
  }
}

void GrpcListener::AcceptFrom(int listener) {
  const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (connection >= 0 && !IsOfTheLast(connection)) {
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
    parameters.listener_fd = listener;
    parameters.fd = connection;
    return acceptor_->HandleNewConnection(&parameters);
  }
  if (connection >= 0) {
    close(connection);
  } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
    pollfd stop = {.fd = stop_, .events = POLLIN, .revents = 0};
    poll(&stop, 1, kPauseMs);  // the connection waits in the kernel
  }
}

}  // namespace rubricator
