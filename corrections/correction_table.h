// The corrections of one database, over one connection.
#ifndef RUBRICATOR_CORRECTIONS_CORRECTION_TABLE_H_
#define RUBRICATOR_CORRECTIONS_CORRECTION_TABLE_H_

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "corrections/correction_store.h"
#include "corrections/store_location.h"

namespace soci {
class session;
}

namespace rubricator {

struct SqlDialect;

// Used by one thread at a time. After UNAVAILABLE it is of no more use: open another.
class CorrectionTable {
 public:
  enum class Missing { kCreate, kRefuse };

  // Connects, and brings the schema up to date. `missing` says what becomes of a SQLite file that
  // is not there, and of its folder. Errors: UNAVAILABLE; FAILED_PRECONDITION for a schema newer
  // than this program. No message holds a password or a row.
  static absl::StatusOr<std::unique_ptr<CorrectionTable>> Open(const StoreLocation& location,
                                                               Missing missing);
  ~CorrectionTable();
  CorrectionTable(const CorrectionTable&) = delete;
  CorrectionTable& operator=(const CorrectionTable&) = delete;

  // False when the connection has gone, or another file, or none, lies where the SQLite file was
  // opened: what is written to that would be lost.
  bool IsAlive();

  // Keeps all in one transaction: when this returns they are durable. One result for each, in the
  // same order: the correction as it is kept, or ALREADY_EXISTS. Error of all: UNAVAILABLE.
  absl::StatusOr<std::vector<absl::StatusOr<v1::Correction>>> Insert(
      std::span<const NewCorrection* const> corrections);
  // As CorrectionStore::List.
  absl::StatusOr<CorrectionPage> List(int64_t after_id, size_t limit, size_t max_bytes);
  // Deletes at most a thousand of those recorded before `time`; gives their number. Error:
  // UNAVAILABLE.
  absl::StatusOr<size_t> DeleteBefore(std::chrono::system_clock::time_point time);

 private:
  CorrectionTable(const StoreLocation& location, const SqlDialect& dialect);
  absl::Status Connect(Missing missing);
  absl::Status CheckInPlace() const;
  absl::StatusOr<v1::Correction> InsertOne(const NewCorrection& correction);

  const StoreLocation location_;
  const SqlDialect& dialect_;
  std::unique_ptr<soci::session> sql_;
  dev_t device_ = 0;  // of the SQLite file
  ino_t inode_ = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_CORRECTION_TABLE_H_
