// A certificate that signs itself, made for one test.
#ifndef RUBRICATOR_TESTS_SUPPORT_TEST_CERTIFICATE_H_
#define RUBRICATOR_TESTS_SUPPORT_TEST_CERTIFICATE_H_

#include <string>

namespace rubricator {

struct TestCertificate {
  std::string certificate_pem;
  std::string key_pem;
};

// For the DNS name `host` and for 127.0.0.1, valid from a minute ago until `seconds` from now.
TestCertificate MakeTestCertificate(const std::string& host, long seconds = 3600);

}  // namespace rubricator

#endif  // RUBRICATOR_TESTS_SUPPORT_TEST_CERTIFICATE_H_
