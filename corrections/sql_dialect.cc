#include "corrections/sql_dialect.h"

namespace rubricator {

const SqlDialect kSqliteDialect = {
    .on_connect = {"PRAGMA synchronous = FULL", "PRAGMA journal_mode = WAL"},
    .has_schema = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'rubricator_schema'",
    .begin_migration = {"BEGIN IMMEDIATE"},
    .begin_write = {"BEGIN IMMEDIATE"},
    .id_column = "INTEGER PRIMARY KEY AUTOINCREMENT",
};

// synchronous_commit may be off for the whole cluster; acknowledged is durable all the same. The
// number of the advisory lock is any that is always the same.
const SqlDialect kPostgresqlDialect = {
    .on_connect = {"SET client_min_messages = error", "SET client_encoding = 'UTF8'",
                   "SET synchronous_commit = on", "SET lock_timeout = '5s'",
                   "SET statement_timeout = '20s'"},
    .has_schema = "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('rubricator_schema')",
    .begin_migration = {"BEGIN", "SELECT pg_advisory_xact_lock(7231942015563)"},
    .begin_write = {"BEGIN", "LOCK TABLE rubricator_correction IN SHARE ROW EXCLUSIVE MODE"},
    .id_column = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
};

}  // namespace rubricator
