// Which database corrections go to.
#ifndef RUBRICATOR_CORRECTIONS_STORE_LOCATION_H_
#define RUBRICATOR_CORRECTIONS_STORE_LOCATION_H_

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"

namespace rubricator {

// A SQLite file or a PostgreSQL database. A value.
struct StoreLocation {
  enum class Kind { kSqlite, kPostgresql };

  Kind kind = Kind::kSqlite;
  std::filesystem::path file;  // SQLite
  std::string url;             // PostgreSQL, as libpq takes it

  // "sqlite:/path/to/file" or "postgresql://user@host:port/database?sslmode=verify-full". Errors:
  // INVALID_ARGUMENT for another form, or a path that is empty or has a double quote in it.
  static absl::StatusOr<StoreLocation> Parse(const std::string& text);

  // For messages: the file's path; "PostgreSQL" for a URL, which may hold a password.
  std::string DisplayName() const;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_STORE_LOCATION_H_
