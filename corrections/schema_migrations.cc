#include "corrections/schema_migrations.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "classifier/status_macros.h"
#include "corrections/write_transaction.h"

namespace rubricator {
namespace {

// `correction` is the message as JSON: what is asked of the database is the order, the key and the
// age; a new field of the API needs no new column.
const SchemaMigration kMigrations[] = {
    {
        "CREATE TABLE rubricator_correction ("
        "id $ID, "
        "idempotency_key TEXT NOT NULL UNIQUE, "
        "request_sha256 TEXT NOT NULL, "
        "article_sha256 TEXT NOT NULL, "
        "recorded_at_us BIGINT NOT NULL, "  // microseconds since 1970, UTC
        "correction TEXT NOT NULL)",
        "CREATE INDEX rubricator_correction_recorded ON rubricator_correction (recorded_at_us)",
    },
};

// 0: there is no table of ours.
int SchemaVersion(const SqlDialect& dialect, soci::session& sql) {
  int count = 0;
  sql << dialect.has_schema, soci::into(count);
  int version = 0;
  if (count > 0) {
    sql << "SELECT COALESCE(MAX(version), 0) FROM rubricator_schema", soci::into(version);
  }
  return version;
}

absl::Status CheckKnown(int version, int known) {
  if (version <= known) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("its schema has version ", version, ", this program knows ", known));
}

}  // namespace

std::span<const SchemaMigration> CorrectionMigrations() { return kMigrations; }

absl::Status ApplyMigrations(std::span<const SchemaMigration> migrations, const SqlDialect& dialect,
                             soci::session& sql) {
  const int known = static_cast<int>(migrations.size());
  int version = SchemaVersion(dialect, sql);
  if (version >= known) return CheckKnown(version, known);  // and takes no lock
  WriteTransaction transaction(sql, dialect.begin_migration);
  version = SchemaVersion(dialect, sql);  // another program may have been faster
  RETURN_IF_ERROR(CheckKnown(version, known));
  if (version == 0) sql << "CREATE TABLE rubricator_schema (version INTEGER NOT NULL)";
  for (; version < known; ++version) {
    for (const char* statement : migrations[version]) {
      sql << absl::StrReplaceAll(statement, {{"$ID", dialect.id_column}});
    }
    sql << "INSERT INTO rubricator_schema (version) VALUES (" << version + 1 << ")";
  }
  transaction.Commit();
  return absl::OkStatus();
}

}  // namespace rubricator
