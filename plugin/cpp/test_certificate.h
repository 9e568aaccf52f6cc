// A certificate that signs itself, made for one test.
#ifndef RUBRICATOR_PLUGIN_CPP_TEST_CERTIFICATE_H_
#define RUBRICATOR_PLUGIN_CPP_TEST_CERTIFICATE_H_

#include <string>

namespace rubricator {

struct TestCertificate {
  std::string certificate_pem;
  std::string key_pem;
};

// For the DNS name `host`, valid for an hour.
TestCertificate MakeTestCertificate(const std::string& host);

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_TEST_CERTIFICATE_H_
