#include "plugin/cpp/target.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

constexpr std::string_view kEmbeddedScheme = "embedded:";
constexpr std::string_view kRoutingKey = "routing=";
// Resolvers that gRPC brings along; https://github.com/grpc/grpc/blob/master/doc/naming.md
constexpr std::array<std::string_view, 5> kRemoteSchemes = {
    "dns:", "ipv4:", "ipv6:", "unix:", "unix-abstract:"};

absl::Status BadTarget(std::string_view text, std::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat("target \"", AsAbsl(text), "\" ", AsAbsl(problem)));
}

absl::StatusOr<Target> ParseEmbedded(std::string_view text) {
  std::string_view rest = text.substr(kEmbeddedScheme.size());
  Target target;
  target.kind = Target::Kind::kEmbedded;
  const size_t query_at = rest.find('?');
  target.bundle = rest.substr(0, query_at);
  target.is_local = true;
  if (target.bundle.empty()) return BadTarget(text, "names no bundle folder; write embedded:DIR");
  if (query_at == std::string_view::npos) return target;
  const std::string_view query = rest.substr(query_at + 1);
  if (!query.starts_with(kRoutingKey) || query.size() == kRoutingKey.size()) {
    return BadTarget(text, "may carry only ?routing=FILE");
  }
  target.routing_file = query.substr(kRoutingKey.size());
  return target;
}

bool IsPort(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

// Splits "host:port" and "[v6]:port"; false for any other form.
bool IsHostAndPort(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || !IsPort(text.substr(colon + 1)))
    return false;
  const std::string_view host = text.substr(0, colon);
  if (host.front() == '[') return host.size() > 2 && host.back() == ']';
  return host.find_first_of(":/?#@ ") == std::string_view::npos;
}

// `address` has a scheme: "dns:///host:port", "dns://resolver/host:port", "ipv4:1.2.3.4:5".
bool IsLocalAddress(std::string_view address) {
  if (address.starts_with("unix")) return true;
  std::string_view rest = address.substr(address.find(':') + 1);
  if (rest.starts_with("//")) rest.remove_prefix(std::min(rest.find('/', 2), rest.size() - 1) + 1);
  if (rest.find(',') != std::string_view::npos) return false;  // several addresses
  const std::string_view host = rest.substr(0, rest.rfind(':'));
  const bool is_number = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return (is_number && host.starts_with("127.")) || host == "localhost" || host == "[::1]";
}

}  // namespace

absl::StatusOr<Target> ParseTarget(std::string_view text) {
  if (text.starts_with(kEmbeddedScheme)) return ParseEmbedded(text);
  Target target;
  const bool has_scheme =
      std::any_of(kRemoteSchemes.begin(), kRemoteSchemes.end(), [&](std::string_view scheme) {
        return text.starts_with(scheme) && text.size() > scheme.size();
      });
  // "dns:50051" is a host called dns; gRPC's own schemes are followed by something else than a
  // port.
  if (IsHostAndPort(text)) {
    target.address = absl::StrCat("dns:///", AsAbsl(text));
  } else if (has_scheme) {
    target.address = text;
  } else {
    return BadTarget(
        text, "is none of host:port, dns:///host:port, ipv4:, ipv6:, unix:/path, embedded:DIR");
  }
  target.is_local = IsLocalAddress(target.address);
  return target;
}

}  // namespace rubricator
