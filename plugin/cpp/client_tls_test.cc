#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "plugin/cpp/client.h"
#include "plugin/cpp/fake_server.h"
#include "tests/support/test_certificate.h"

namespace rubricator {
namespace {

constexpr char kHost[] = "news.example";

class ClientTlsTest : public testing::Test {
 protected:
  // A file of this test, removed at its end.
  std::string Write(const std::string& name, const std::string& content) {
    const std::filesystem::path path =
        std::filesystem::path(testing::TempDir()) /
        (testing::UnitTest::GetInstance()->current_test_info()->name() + ("-" + name));
    std::ofstream(path) << content;
    files_.push_back(path);
    return path;
  }

  ~ClientTlsTest() override {
    for (const std::filesystem::path& file : files_) std::filesystem::remove(file);
  }

  FakeBehaviour Encrypted(bool asks_for_certificate) {
    grpc::SslServerCredentialsOptions options(
        asks_for_certificate ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                             : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
    options.pem_key_cert_pairs = {{server_.key_pem, server_.certificate_pem}};
    if (asks_for_certificate) options.pem_root_certs = client_.certificate_pem;
    FakeBehaviour behaviour;
    behaviour.credentials = grpc::SslServerCredentials(options);
    return behaviour;
  }

  absl::Status Classify(const FakeServer& server, const TlsOptions& tls) {
    const auto client = Client::Open(server.target(), {.max_attempts = 1, .tls = tls});
    if (!client.ok()) return client.status();
    v1::ClassifyArticleRequest request;
    request.mutable_article()->set_body("text");
    return (*client)->ClassifyArticle(request).status();
  }

  const TestCertificate server_ = MakeTestCertificate(kHost);
  const TestCertificate client_ = MakeTestCertificate("client.example");
  std::vector<std::filesystem::path> files_;
};

TEST_F(ClientTlsTest, TrustsTheAuthorityItIsGiven) {
  const FakeServer server(Encrypted(false));
  const std::string ca = Write("ca.pem", server_.certificate_pem);
  const absl::Status status = Classify(server, {.ca_file = ca, .server_name = kHost});
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(ClientTlsTest, RefusesAnotherNameAnotherAuthorityAndPlainText) {
  const FakeServer server(Encrypted(false));
  const std::string ca = Write("ca.pem", server_.certificate_pem);
  const std::string other = Write("other.pem", client_.certificate_pem);
  EXPECT_TRUE(
      absl::IsUnavailable(Classify(server, {.ca_file = ca, .server_name = "evil.example"})));
  EXPECT_TRUE(absl::IsUnavailable(Classify(server, {.ca_file = other, .server_name = kHost})));
  EXPECT_TRUE(absl::IsUnavailable(Classify(server, {.enabled = true, .server_name = kHost})));
  EXPECT_TRUE(absl::IsUnavailable(Classify(server, {})));
  EXPECT_EQ(server.unary_calls(), 0);
}

TEST_F(ClientTlsTest, ShowsItsOwnCertificate) {
  const FakeServer server(Encrypted(true));
  const std::string ca = Write("ca.pem", server_.certificate_pem);
  const std::string certificate = Write("client.pem", client_.certificate_pem);
  const std::string key = Write("client.key", client_.key_pem);
  EXPECT_FALSE(Classify(server, {.ca_file = ca, .server_name = kHost}).ok());
  const absl::Status status = Classify(
      server, {.ca_file = ca, .cert_file = certificate, .key_file = key, .server_name = kHost});
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace rubricator
