// Certificates: what is refused, and what a connection gets when they change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/access/access_files.h"
#include "server/access/file_watch.h"
#include "server/access/tls_identity.h"
#include "server/raw_call.h"
#include "server/running_server.h"

namespace rubricator {
namespace {

using testing::HasSubstr;

constexpr char kHost[] = "news.example";
constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";

std::shared_ptr<grpc::Channel> Connect(RunningServer& running, const std::string& authority,
                                       const TestCertificate& own = {}) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = authority;
  options.pem_cert_chain = own.certificate_pem;
  options.pem_private_key = own.key_pem;
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(kHost);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  return grpc::CreateCustomChannel(running.server().address(), grpc::SslCredentials(options),
                                   arguments);
}

grpc::Status Ask(const std::shared_ptr<grpc::Channel>& channel) {
  RawCall call(channel, kHealthCheck);
  call.Ask("");
  return call.Finish();
}

TEST(TlsIdentityTest, SaysWhatIsWrongWithTheFiles) {
  const AccessFiles files;
  const TestCertificate good = MakeTestCertificate(kHost);
  const TestCertificate other = MakeTestCertificate("other.example");
  const TestCertificate expired = MakeTestCertificate(kHost, -30);
  const std::string no_file = "/nonexistent.pem";
  struct Case {
    const char* name;
    std::string certificate, key, authority, want;
  };
  const Case cases[] = {
      {"no certificate", "text", good.key_pem, "", "tls.cert_file: "},
      {"no key", good.certificate_pem, good.certificate_pem, "", "tls.key_file: "},
      {"another key", good.certificate_pem, other.key_pem, "", "is not the key of"},
      {"expired", expired.certificate_pem, expired.key_pem, "", "has expired"},
      {"no authority", good.certificate_pem, good.key_pem, "text", "tls.client_ca_file: "},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    server::Tls tls;
    tls.set_cert_file(files.Write("cert.pem", c.certificate));
    tls.set_key_file(files.Write("key.pem", c.key));
    if (!c.authority.empty()) tls.set_client_ca_file(files.Write("ca.pem", c.authority));
    const auto identity = LoadTlsIdentity(tls);
    EXPECT_EQ(identity.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(identity.status().message()), HasSubstr(c.want));
  }
  server::Tls tls;
  tls.set_cert_file(no_file);
  EXPECT_THAT(std::string(LoadTlsIdentity(tls).status().message()), HasSubstr("cannot be read"));
}

TEST(TlsTest, ShowsANewCertificateToNewConnectionsOnly) {
  const AccessFiles files;
  const TestCertificate first = MakeTestCertificate(kHost);
  const TestCertificate second = MakeTestCertificate(kHost);
  server::Config config = RunningServer::DefaultConfig();
  files.WriteTls(first, config);
  RunningServer running(config, /*with_model=*/false);
  const auto old_connection = Connect(running, first.certificate_pem);
  EXPECT_TRUE(Ask(old_connection).ok());
  EXPECT_FALSE(Ask(Connect(running, second.certificate_pem)).ok());
  EXPECT_FALSE(Ask(running.channel()).ok()) << "plain text";

  files.WriteTls(second, config);
  running.server().Reload(config);
  const grpc::Status answered = Ask(Connect(running, second.certificate_pem));
  EXPECT_TRUE(answered.ok()) << answered.error_message();
  EXPECT_FALSE(Ask(Connect(running, first.certificate_pem)).ok());
  EXPECT_TRUE(Ask(old_connection).ok());
}

TEST(TlsTest, KeepsTheOldCertificateWhenTheNewOneIsBadAndSaysSo) {
  const AccessFiles files;
  const TestCertificate good = MakeTestCertificate(kHost);
  server::Config config = RunningServer::DefaultConfig();
  files.WriteTls(good, config);
  RunningServer running(config, /*with_model=*/false);
  files.Write("server.pem", MakeTestCertificate(kHost).certificate_pem);  // its key is not there
  running.server().Reload(config);
  EXPECT_TRUE(Ask(Connect(running, good.certificate_pem)).ok());
  EXPECT_TRUE(WaitUntil([&] { return !running.log_lines().Lines("access_refused").empty(); }));
  const nlohmann::json line = running.log_lines().Lines("access_refused").at(0);
  EXPECT_EQ(line["level"], "error");
  EXPECT_THAT(line["message"].get<std::string>(), HasSubstr("is not the key of"));
}

TEST(TlsTest, TakesUpAChangeByItself) {
  const AccessFiles files;
  const TestCertificate second = MakeTestCertificate(kHost);
  server::Config config = RunningServer::DefaultConfig();
  files.WriteTls(MakeTestCertificate(kHost), config);
  RunningServer running(config, /*with_model=*/false);
  files.WriteTls(second, config);
  EXPECT_TRUE(WaitUntil([&] { return !running.log_lines().Lines("access_reloaded").empty(); }));
  EXPECT_TRUE(Ask(Connect(running, second.certificate_pem)).ok());
}

TEST(TlsTest, AsksCallersForACertificateOfTheirAuthority) {
  const AccessFiles files;
  const TestCertificate server = MakeTestCertificate(kHost);
  const TestCertificate caller = MakeTestCertificate("cms.example");
  server::Config config = RunningServer::DefaultConfig();
  files.WriteTls(server, config);
  config.mutable_tls()->set_client_ca_file(files.Write("callers.pem", caller.certificate_pem));
  RunningServer running(config, /*with_model=*/false);
  const std::string& authority = server.certificate_pem;
  EXPECT_TRUE(Ask(Connect(running, authority, caller)).ok());
  EXPECT_FALSE(Ask(Connect(running, authority)).ok());
  EXPECT_FALSE(Ask(Connect(running, authority, MakeTestCertificate("cms.example"))).ok());

  const TestCertificate next = MakeTestCertificate("cms.example");
  files.Write("callers.pem", next.certificate_pem);
  running.server().Reload(config);
  EXPECT_TRUE(Ask(Connect(running, authority, next)).ok());
  EXPECT_FALSE(Ask(Connect(running, authority, caller)).ok());
}

TEST(FileWatchTest, TellsOfANewFileAndOfOneThatWent) {
  const AccessFiles files;
  const std::string path = files.Write("watched", "one");
  std::atomic<int> changes = 0;
  const FileWatch watch({path}, std::chrono::milliseconds(1), [&] { ++changes; });
  files.Write("watched", "two");
  EXPECT_TRUE(WaitUntil([&] { return changes >= 1; }));
  const int before = changes;
  std::filesystem::remove(path);
  EXPECT_TRUE(WaitUntil([&] { return changes > before; }));
}

}  // namespace
}  // namespace rubricator
