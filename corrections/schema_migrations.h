// The numbered steps that make the tables, and the rule that applies them.
#ifndef RUBRICATOR_CORRECTIONS_SCHEMA_MIGRATIONS_H_
#define RUBRICATOR_CORRECTIONS_SCHEMA_MIGRATIONS_H_

#include <soci/soci.h>

#include <span>
#include <vector>

#include "absl/status/status.h"
#include "corrections/sql_dialect.h"

namespace rubricator {

// The statements that lead from version n - 1 to n, for n from 1. $ID stands for the dialect's
// column of ascending numbers. What has landed is never edited; a change is a further step.
using SchemaMigration = std::vector<const char*>;
std::span<const SchemaMigration> CorrectionMigrations();

// Brings the database to the last of `migrations`, all steps in one transaction; does nothing if it
// is there. Throws soci::soci_error. Errors: FAILED_PRECONDITION when it is newer than that, and is
// left as it is.
absl::Status ApplyMigrations(std::span<const SchemaMigration> migrations, const SqlDialect& dialect,
                             soci::session& sql);

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_SCHEMA_MIGRATIONS_H_
