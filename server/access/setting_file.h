// A file that a setting names.
#ifndef RUBRICATOR_SERVER_ACCESS_SETTING_FILE_H_
#define RUBRICATOR_SERVER_ACCESS_SETTING_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace rubricator {

// Certificates and token lists are far below this; a device that never ends is not.
inline constexpr size_t kMaxSettingFileBytes = 4 << 20;

// Its content. Errors: FAILED_PRECONDITION "tls.cert_file: /path cannot be read", or "… is longer
// than …".
absl::StatusOr<std::string> ReadSettingFile(std::string_view setting, const std::string& path);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_SETTING_FILE_H_
