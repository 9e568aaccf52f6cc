// The few words in which SQLite and PostgreSQL differ for us.
#ifndef RUBRICATOR_CORRECTIONS_SQL_DIALECT_H_
#define RUBRICATOR_CORRECTIONS_SQL_DIALECT_H_

#include <vector>

namespace rubricator {

struct SqlDialect {
  // Run once on each new connection.
  std::vector<const char*> on_connect;
  // One number: 0 where there is no table rubricator_schema.
  const char* has_schema;
  // Begins a transaction that migrates; no other can at the same time.
  std::vector<const char*> begin_migration;
  // Begins a transaction that writes corrections; no other can at the same time, so that ids become
  // visible in ascending order and a reader that pages by id misses none.
  std::vector<const char*> begin_write;
  // A column of numbers that ascend and are never given twice.
  const char* id_column;
};

// WAL, and a commit returns when it is on the disk.
extern const SqlDialect kSqliteDialect;
extern const SqlDialect kPostgresqlDialect;

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_SQL_DIALECT_H_
