// Corrections in SQLite or PostgreSQL.
#ifndef RUBRICATOR_CORRECTIONS_CORRECTION_DATABASE_H_
#define RUBRICATOR_CORRECTIONS_CORRECTION_DATABASE_H_

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "corrections/correction_store.h"
#include "corrections/correction_table.h"
#include "corrections/store_location.h"

namespace rubricator {

struct CorrectionDatabaseOptions {
  StoreLocation location;
  std::chrono::hours keep_for{0};  // older corrections are deleted; 0: none ever
};

// Connects when it is first needed, and again after an error; a SQLite file is made for the first
// correction. One thread writes: it commits at once whatever has come while it was writing, so that
// many callers share the wait for the disk. Once an hour it deletes what is older than `keep_for`.
class CorrectionDatabase final : public CorrectionStore {
 public:
  explicit CorrectionDatabase(CorrectionDatabaseOptions options);
  // Writes what waits, once, and ends.
  ~CorrectionDatabase() override;
  CorrectionDatabase(const CorrectionDatabase&) = delete;
  CorrectionDatabase& operator=(const CorrectionDatabase&) = delete;

  absl::StatusOr<v1::Correction> Record(
      const NewCorrection& correction,
      std::optional<std::chrono::steady_clock::time_point> deadline) override;
  absl::StatusOr<CorrectionPage> List(int64_t after_id, size_t limit, size_t max_bytes) override;

  // Whether corrections could be kept now. OK too when nothing is there yet and it would be made.
  // Errors: UNAVAILABLE, FAILED_PRECONDITION.
  absl::Status Check();

 private:
  struct Waiting;

  // Whether there is a database, or was one since this began: a SQLite file that has gone is not
  // made anew, for it may come back.
  bool IsThere() const;
  CorrectionTable::Missing IfMissing() const;
  absl::StatusOr<CorrectionTable*> ReadingTable();  // null: there is nothing to read yet
  absl::Status OpenForWriting();
  void Write();
  void Commit(const std::vector<std::shared_ptr<Waiting>>& batch);
  void DeleteOld();

  const CorrectionDatabaseOptions options_;

  std::mutex read_mutex_;
  std::unique_ptr<CorrectionTable> reading_;  // null until needed

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Waiting>> waiting_;
  bool ending_ = false;
  bool seen_ = false;

  std::unique_ptr<CorrectionTable> writing_;  // of the writer; null until needed
  std::thread writer_;                        // last: it uses all of the above
};

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_CORRECTION_DATABASE_H_
