#include "corrections/correction_table.h"

#include <fcntl.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "corrections/correction_json.h"
#include "corrections/schema_migrations.h"
#include "corrections/sql_dialect.h"
#include "corrections/write_transaction.h"

namespace rubricator {
namespace {

// Rows that are in memory at once while a page is put together.
constexpr size_t kRowsAtOnce = 50;
constexpr int kDeletedAtOnce = 1000;

absl::Status Unavailable(const StoreLocation& location, const std::string& why) {
  return absl::UnavailableError(
      absl::StrCat("the store of corrections, ", location.DisplayName(), ": ", why));
}

// Runs `work`, which gives an absl::Status. SOCI's what() would quote the values of the statement,
// and so the article; the first line of the database's own message does not.
template <typename Work>
absl::Status Guard(const StoreLocation& location, Work work) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    const std::string message = error.get_error_message();
    std::string line = message.substr(0, message.find(" while "));
    std::replace(line.begin(), line.end(), '\n', ' ');
    return Unavailable(location, line);
  }
}

int64_t ToMicroseconds(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

// Given by SOCI's type: long long, which is not int64_t.
using Number = long long;

// Asks libpq to notice a server that is gone within seconds, unless the URL says otherwise.
std::string WithTimeouts(std::string url) {
  for (const auto& [name, value] :
       {std::pair("connect_timeout", "5"), std::pair("tcp_user_timeout", "10000")}) {
    if (url.find(std::string(name) + "=") != std::string::npos) continue;
    absl::StrAppend(&url, url.find('?') == std::string::npos ? "?" : "&", name, "=", value);
  }
  return url;
}

std::unique_ptr<soci::session> Connected(const StoreLocation& location) {
  if (location.kind == StoreLocation::Kind::kPostgresql) {
    return std::make_unique<soci::session>(soci::postgresql, WithTimeouts(location.url));
  }
  // The time-out, in seconds, is how long a statement waits for another process' lock.
  return std::make_unique<soci::session>(
      soci::sqlite3, absl::StrCat("dbname=\"", location.file.string(), "\" timeout=5"));
}

}  // namespace

CorrectionTable::CorrectionTable(const StoreLocation& location, const SqlDialect& dialect)
    : location_(location), dialect_(dialect) {}

CorrectionTable::~CorrectionTable() = default;

absl::StatusOr<std::unique_ptr<CorrectionTable>> CorrectionTable::Open(
    const StoreLocation& location, Missing missing) {
  const bool sqlite = location.kind == StoreLocation::Kind::kSqlite;
  std::unique_ptr<CorrectionTable> table(
      new CorrectionTable(location, sqlite ? kSqliteDialect : kPostgresqlDialect));
  absl::Status status = Guard(location, [&] { return table->Connect(missing); });
  if (absl::IsFailedPrecondition(status)) {
    status = absl::FailedPreconditionError(
        absl::StrCat("the store of corrections, ", location.DisplayName(), ": ", status.message()));
  }
  RETURN_IF_ERROR(status);
  return table;
}

absl::Status CorrectionTable::Connect(Missing missing) {
  if (location_.kind == StoreLocation::Kind::kSqlite) {
    // Opened here first, for SQLite would only say "unable to open database file".
    const bool create = missing == Missing::kCreate;
    std::error_code error;
    if (create && location_.file.has_parent_path()) {
      std::filesystem::create_directories(location_.file.parent_path(), error);
      if (error) return Unavailable(location_, error.message());
    }
    const int file =
        open(location_.file.c_str(), O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0640);
    if (file < 0) return Unavailable(location_, std::strerror(errno));
    struct stat status {};
    const bool known = fstat(file, &status) == 0;
    close(file);
    if (!known) return Unavailable(location_, std::strerror(errno));
    device_ = status.st_dev;
    inode_ = status.st_ino;
  }
  sql_ = Connected(location_);
  for (const char* statement : dialect_.on_connect) *sql_ << statement;
  return ApplyMigrations(CorrectionMigrations(), dialect_, *sql_);
}

absl::Status CorrectionTable::CheckInPlace() const {
  if (location_.kind != StoreLocation::Kind::kSqlite) return absl::OkStatus();
  struct stat status {};
  if (stat(location_.file.c_str(), &status) != 0) {
    return Unavailable(location_, absl::StrCat("has gone: ", std::strerror(errno)));
  }
  if (status.st_dev == device_ && status.st_ino == inode_) return absl::OkStatus();
  return Unavailable(location_, "was replaced by another file");
}

bool CorrectionTable::IsAlive() {
  return CheckInPlace().ok() && Guard(location_, [this] {
                                  return sql_->is_connected() ? absl::OkStatus()
                                                              : Unavailable(location_, "has gone");
                                }).ok();
}

absl::StatusOr<v1::Correction> CorrectionTable::InsertOne(const NewCorrection& correction) {
  const std::string json = CorrectionToJson(correction.correction);
  const Number recorded_at = ToMicroseconds(correction.recorded_at);
  Number id = 0;
  *sql_ << "INSERT INTO rubricator_correction "
           "(idempotency_key, request_sha256, article_sha256, recorded_at_us, correction) "
           "VALUES (:key, :request, :article, :recorded, :correction) "
           "ON CONFLICT (idempotency_key) DO NOTHING RETURNING id",
      soci::use(correction.idempotency_key), soci::use(correction.request_sha256),
      soci::use(correction.correction.article_sha256()), soci::use(recorded_at), soci::use(json),
      soci::into(id);
  if (sql_->got_data()) {
    v1::Correction kept = correction.correction;
    kept.set_id(absl::StrCat(id));
    return kept;
  }
  std::string request_sha256;
  std::string kept_json;
  *sql_ << "SELECT id, request_sha256, correction FROM rubricator_correction "
           "WHERE idempotency_key = :key",
      soci::use(correction.idempotency_key), soci::into(id), soci::into(request_sha256),
      soci::into(kept_json);
  if (!sql_->got_data()) return absl::InternalError("a correction is neither new nor kept");
  if (request_sha256 != correction.request_sha256) {
    return absl::AlreadyExistsError(absl::StrCat("idempotency_key: ", correction.idempotency_key,
                                                 " stands for another correction, ", id));
  }
  ASSIGN_OR_RETURN(v1::Correction kept, CorrectionFromJson(kept_json));
  kept.set_id(absl::StrCat(id));
  return kept;
}

absl::StatusOr<std::vector<absl::StatusOr<v1::Correction>>> CorrectionTable::Insert(
    std::span<const NewCorrection* const> corrections) {
  std::vector<absl::StatusOr<v1::Correction>> results;
  results.reserve(corrections.size());
  RETURN_IF_ERROR(Guard(location_, [&] {
    WriteTransaction transaction(*sql_, dialect_.begin_write);
    for (const NewCorrection* correction : corrections) results.push_back(InsertOne(*correction));
    transaction.Commit();
    return CheckInPlace();
  }));
  return results;
}

absl::StatusOr<CorrectionPage> CorrectionTable::List(int64_t after_id, size_t limit,
                                                     size_t max_bytes) {
  CorrectionPage page;
  size_t bytes = 0;
  Number last_id = after_id;
  const auto read_some = [&](size_t rows) -> absl::StatusOr<size_t> {
    Number id = 0;
    std::string json;
    const Number most = static_cast<Number>(rows);
    soci::statement statement =
        (sql_->prepare << "SELECT id, correction FROM rubricator_correction WHERE id > :after "
                          "ORDER BY id LIMIT :most",
         soci::use(last_id), soci::use(most), soci::into(id), soci::into(json));
    statement.execute();
    size_t read = 0;
    while (statement.fetch()) {
      ++read;
      page.more =
          page.corrections.size() == limit || (bytes > 0 && bytes + json.size() > max_bytes);
      if (page.more) break;
      bytes += json.size();
      absl::StatusOr<v1::Correction> correction = CorrectionFromJson(json);
      if (!correction.ok()) {
        return absl::DataLossError(absl::StrCat("the store of corrections, ",
                                                location_.DisplayName(), ": row ", id, " ",
                                                correction.status().message()));
      }
      correction->set_id(absl::StrCat(id));
      page.corrections.push_back(*std::move(correction));
    }
    if (!page.corrections.empty()) last_id = std::stoll(page.corrections.back().id());
    return read;
  };
  RETURN_IF_ERROR(Guard(location_, [&]() -> absl::Status {
    while (!page.more) {
      const size_t rows = std::min(kRowsAtOnce, limit - page.corrections.size() + 1);
      ASSIGN_OR_RETURN(const size_t read, read_some(rows));
      if (read < rows) break;
    }
    return absl::OkStatus();
  }));
  return page;
}

absl::StatusOr<size_t> CorrectionTable::DeleteBefore(std::chrono::system_clock::time_point time) {
  const Number before = ToMicroseconds(time);
  size_t deleted = 0;
  RETURN_IF_ERROR(Guard(location_, [&] {
    WriteTransaction transaction(*sql_, dialect_.begin_write);
    soci::statement statement =
        (sql_->prepare << "DELETE FROM rubricator_correction WHERE id IN (SELECT id FROM "
                          "rubricator_correction WHERE recorded_at_us < :before LIMIT :most)",
         soci::use(before), soci::use(kDeletedAtOnce));
    statement.execute(true);
    deleted = static_cast<size_t>(statement.get_affected_rows());
    transaction.Commit();
    return absl::OkStatus();
  }));
  return deleted;
}

}  // namespace rubricator
