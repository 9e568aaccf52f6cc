#include "server/access/access.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "server/access/setting_file.h"
#include "server/access/tls_credentials.h"

namespace rubricator {
namespace {

// Certificates are renewed days before they end; a withdrawn token should not live on for long.
constexpr std::chrono::seconds kWatchInterval{1};

AdmissionLimits LimitsOf(const server::Admission& admission) {
  const uint32_t burst = admission.burst() > 0 ? admission.burst() : admission.calls_per_second();
  return {.calls = admission.max_calls(),
          .streams = admission.max_streams(),
          .calls_per_caller = admission.max_calls_per_caller(),
          .calls_per_second = static_cast<double>(admission.calls_per_second()),
          .burst = burst,
          .callers_remembered = 10'000};
}

absl::Status CheckTls(const server::Tls& tls) {
  if (tls.cert_file().empty() != tls.key_file().empty()) {
    return absl::FailedPreconditionError("tls.cert_file and tls.key_file go together");
  }
  if (!tls.client_ca_file().empty() && tls.cert_file().empty()) {
    return absl::FailedPreconditionError("tls.client_ca_file takes tls.cert_file and tls.key_file");
  }
  return absl::OkStatus();
}

template <typename T>
void ReloadAndLog(Reloaded<T>& value, std::string_view what, JsonLog& log) {
  const absl::StatusOr<ReloadOutcome> outcome = value.Reload();
  if (!outcome.ok()) {
    log.Event(spdlog::level::err, "access_refused",
              {{"what", what},
               {"message", std::string(outcome.status().message())},
               {"kept", "what was in force"}});
  } else if (*outcome == ReloadOutcome::kReplaced) {
    log.Event(spdlog::level::info, "access_reloaded", {{"what", what}});
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Access>> Access::Create(const server::Config& config, JsonLog& log) {
  RETURN_IF_ERROR(CheckTls(config.tls()));
  std::unique_ptr<Access> access(new Access(config, log));
  std::vector<std::string> watched;
  if (!config.tls().cert_file().empty()) {
    const server::Tls tls = config.tls();
    ASSIGN_OR_RETURN(access->tls_,
                     Reloaded<TlsIdentity>::Create([tls] { return LoadTlsIdentity(tls); }));
    access->grpc_credentials_ = TlsServerCredentials(*access->tls_, !tls.client_ca_file().empty());
    watched.insert(watched.end(), {tls.cert_file(), tls.key_file(), tls.client_ca_file()});
  }
  if (!config.access().token_file().empty()) {
    const std::string file = config.access().token_file();
    const auto load = [file]() -> absl::StatusOr<TokenList> {
      ASSIGN_OR_RETURN(const std::string text, ReadSettingFile("access.token_file", file));
      return TokenList::Parse(text, file);
    };
    ASSIGN_OR_RETURN(access->tokens_, Reloaded<TokenList>::Create(load));
    access->policy_ = AccessPolicy(access->tokens_.get());
    watched.push_back(file);
  }
  if (!watched.empty()) {
    access->watch_ = std::make_unique<FileWatch>(std::move(watched), kWatchInterval,
                                                 [self = access.get()] { self->Reload(); });
  }
  return access;
}

Access::Access(const server::Config& config, JsonLog& log)
    : config_(config),
      log_(log),
      grpc_credentials_(grpc::InsecureServerCredentials()),
      admission_(LimitsOf(config.admission())) {}

absl::Status Access::CheckAddress(std::string_view setting, const ListenAddress& address) const {
  if (address.IsLocal()) return absl::OkStatus();
  const auto warn = [&](std::string_view message) {
    log_.Event(spdlog::level::warn, "open_address",
               {{"setting", setting}, {"host", address.host}, {"message", message}});
  };
  if (tls_ == nullptr && tokens_ == nullptr) {
    if (!config_.access().open()) {
      return absl::FailedPreconditionError(absl::StrCat(
          AsAbsl(setting), ": other machines can reach ", address.host,
          "; set tls.cert_file or access.token_file, or access.open: true to serve everybody"));
    }
    warn("other machines can reach the server, which has no TLS and asks for no token");
  } else if (tls_ == nullptr) {
    warn("tokens and articles travel in plain text: set tls.cert_file");
  } else if (tokens_ == nullptr && config_.tls().client_ca_file().empty()) {
    warn("everybody who reaches the server may call all of it: set access.token_file");
  }
  return absl::OkStatus();
}

absl::StatusOr<Admitted> Access::Admit(const std::string& address, std::string_view authorization,
                                       const google::protobuf::MethodDescriptor& method) {
  ASSIGN_OR_RETURN(std::string token_name, policy_.Authorize(authorization, method));
  const std::string caller =
      token_name.empty() ? CallerGroup(address) : absl::StrCat("token ", token_name);
  const CallKind kind =
      method.client_streaming() || method.server_streaming() ? CallKind::kStream : CallKind::kUnary;
  ASSIGN_OR_RETURN(Admission::Permit permit,
                   admission_.Enter(caller, kind, Admission::Clock::now()));
  return Admitted{.token_name = std::move(token_name), .permit = std::move(permit)};
}

void Access::Reload() {
  if (tls_ != nullptr) ReloadAndLog(*tls_, "tls", log_);
  if (tokens_ != nullptr) ReloadAndLog(*tokens_, "tokens", log_);
}

std::string CallerGroup(const std::string& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes = {};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  for (size_t i = bytes.size() / 2; i < bytes.size(); ++i) bytes[i] = 0;
  std::array<char, INET6_ADDRSTRLEN> text = {};
  inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return absl::StrCat(text.data(), "/64");
}

}  // namespace rubricator
