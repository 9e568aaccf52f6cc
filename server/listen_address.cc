#include "server/listen_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";
constexpr size_t kMaxUnixPathBytes = sizeof(sockaddr_un{}.sun_path) - 1;

// Closes itself.
class Socket {
 public:
  explicit Socket(int family) : descriptor_(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

absl::Status Unavailable(const std::string& where, const std::string& why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", where, ": ", why));
}

std::string ErrnoText(int error) { return std::generic_category().message(error); }

// gRPC removes a socket file before it binds, also one that another server answers on.
absl::Status ProbeUnix(const std::string& path) {
  const Socket probe(AF_UNIX);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), address.sun_path);
  if (connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    return Unavailable(absl::StrCat("unix:", path), ErrnoText(EADDRINUSE));
  }
  const std::string folder = path.substr(0, std::max<size_t>(path.rfind('/'), 1));
  if (access(folder.c_str(), W_OK) != 0) {
    return Unavailable(absl::StrCat("unix:", path), ErrnoText(errno));
  }
  return absl::OkStatus();
}

absl::Status ProbeTcp(const std::string& host, uint16_t port) {
  const std::string where = absl::StrCat(host, ":", port);
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), absl::StrCat(port).c_str(), &hints, &found);
  if (error != 0) return Unavailable(where, gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    const Socket probe(address->ai_family);
    const int on = 1;
    setsockopt(probe.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(probe.get(), address->ai_addr, address->ai_addrlen) != 0 ||
        listen(probe.get(), 1) != 0) {
      return Unavailable(where, ErrnoText(errno));
    }
  }
  return absl::OkStatus();
}

absl::Status BadAddress(const std::string& text, std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("listen: '", text, "' ", absl::string_view(why.data(), why.size())));
}

}  // namespace

absl::StatusOr<ListenAddress> ListenAddress::Parse(const std::string& text) {
  ListenAddress address;
  if (text.compare(0, kUnixPrefix.size(), kUnixPrefix) == 0) {
    address.unix_path = text.substr(kUnixPrefix.size());
    if (address.unix_path.empty() || address.unix_path[0] != '/') {
      return BadAddress(text, "is to be unix:/absolute/path");
    }
    if (address.unix_path.size() > kMaxUnixPathBytes) {
      return BadAddress(text, absl::StrCat("has a path over ", kMaxUnixPathBytes, " bytes"));
    }
    return address;
  }
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) {
    return BadAddress(text, "is neither host:port, [ipv6]:port nor unix:/path");
  }
  address.host = text.substr(0, colon);
  const bool bracketed = address.host.front() == '[' && address.host.back() == ']';
  if (bracketed) address.host = address.host.substr(1, address.host.size() - 2);
  if (address.host.empty() || bracketed != (address.host.find(':') != std::string::npos)) {
    return BadAddress(text, "is neither host:port, [ipv6]:port nor unix:/path");
  }
  uint32_t port = 0;
  const std::string digits = text.substr(colon + 1);
  const bool number =
      !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
  if (!number || !absl::SimpleAtoi(digits, &port) || port > UINT16_MAX) {
    return BadAddress(text, "has no port from 0 to 65535");
  }
  address.port = static_cast<uint16_t>(port);
  return address;
}

bool ListenAddress::IsLocal() const {
  return !unix_path.empty() || host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

absl::Status ListenAddress::Probe() const {
  return unix_path.empty() ? ProbeTcp(host, port) : ProbeUnix(unix_path);
}

}  // namespace rubricator
