// For tests: files that settings name, in a folder of their own.
#ifndef RUBRICATOR_SERVER_ACCESS_ACCESS_FILES_H_
#define RUBRICATOR_SERVER_ACCESS_ACCESS_FILES_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/sha256.h"
#include "server/config.pb.h"
#include "tests/support/test_certificate.h"

namespace rubricator {

class AccessFiles {
 public:
  AccessFiles() { std::filesystem::create_directories(folder_); }
  ~AccessFiles() { std::filesystem::remove_all(folder_); }
  AccessFiles(const AccessFiles&) = delete;
  AccessFiles& operator=(const AccessFiles&) = delete;

  // Puts the file there by a rename, as those do who replace what a server reads.
  std::string Write(const std::string& name, const std::string& content) const {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path.string() + ".new", std::ios::binary) << content;
    std::filesystem::rename(path.string() + ".new", path);
    return path;
  }
  void WriteTls(const TestCertificate& certificate, server::Config& config) const {
    config.mutable_tls()->set_cert_file(Write("server.pem", certificate.certificate_pem));
    config.mutable_tls()->set_key_file(Write("server.key", certificate.key_pem));
  }
  // One token "rub_NAME" for each name, with the scopes given.
  void WriteTokens(const std::vector<std::pair<std::string, std::string>>& tokens,
                   server::Config& config) const {
    std::string text = "tokens:\n";
    for (const auto& [name, scopes] : tokens) {
      absl::StrAppend(&text, "  - {name: ", name, ", sha256: ", Sha256Hex("rub_" + name),
                      ", scopes: [", scopes, "]}\n");
    }
    config.mutable_access()->set_token_file(Write("tokens.yaml", text));
  }

 private:
  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + "-files");
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_ACCESS_FILES_H_
