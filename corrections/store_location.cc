#include "corrections/store_location.h"

#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kPostgresql[] = {"postgresql://", "postgres://"};

}  // namespace

absl::StatusOr<StoreLocation> StoreLocation::Parse(const std::string& text) {
  const std::string_view view = text;
  for (const std::string_view scheme : kPostgresql) {
    if (view.starts_with(scheme)) return StoreLocation{Kind::kPostgresql, {}, text};
  }
  if (!view.starts_with(kSqlite)) {
    // Not quoted: what is wrong with it may be a password in the wrong place.
    return absl::InvalidArgumentError(
        "is neither sqlite:/path/to/file nor postgresql://user@host/database");
  }
  const std::string path = text.substr(kSqlite.size());
  if (path.empty()) return absl::InvalidArgumentError("sqlite: names no file");
  // SOCI's connection strings know no escape for it.
  if (path.find('"') != std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": a path with a double quote"));
  }
  return StoreLocation{Kind::kSqlite, path, {}};
}

std::string StoreLocation::DisplayName() const {
  return kind == Kind::kSqlite ? file.string() : "PostgreSQL";
}

}  // namespace rubricator
