// SHA-256 by OpenSSL, as lower-case hex.
#ifndef RUBRICATOR_CLASSIFIER_SHA256_H_
#define RUBRICATOR_CLASSIFIER_SHA256_H_

#include <string>
#include <string_view>

namespace rubricator {

// 64 lower-case hex digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_SHA256_H_
