// gzip (RFC 1952), with a bound on what comes out.
#ifndef RUBRICATOR_SERVER_HTTP_GZIP_H_
#define RUBRICATOR_SERVER_HTTP_GZIP_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace rubricator {

// What `compressed` unfolds to; one member or several. Errors: INVALID_ARGUMENT when it is no gzip
// or ends early; RESOURCE_EXHAUSTED when more than `max_bytes` would come out, of which no more
// than that were ever held.
absl::StatusOr<std::string> Gunzip(std::string_view compressed, size_t max_bytes);

// At the level that costs least time.
std::string Gzip(std::string_view plain);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_GZIP_H_
