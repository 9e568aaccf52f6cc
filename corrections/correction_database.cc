#include "corrections/correction_database.h"

#include <algorithm>
#include <future>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr size_t kMostInOneCommit = 256;
constexpr std::chrono::seconds kLongestWait{30};
constexpr std::chrono::hours kBetweenDeletions{1};

}  // namespace

struct CorrectionDatabase::Waiting {
  NewCorrection correction;
  std::promise<absl::StatusOr<v1::Correction>> result;
};

CorrectionDatabase::CorrectionDatabase(CorrectionDatabaseOptions options)
    : options_(std::move(options)), writer_([this] { Write(); }) {}

CorrectionDatabase::~CorrectionDatabase() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  writer_.join();
}

absl::StatusOr<v1::Correction> CorrectionDatabase::Record(
    const NewCorrection& correction,
    std::optional<std::chrono::steady_clock::time_point> deadline) {
  const auto waiting = std::make_shared<Waiting>(Waiting{correction, {}});
  std::future<absl::StatusOr<v1::Correction>> result = waiting->result.get_future();
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(waiting);
  }
  changed_.notify_all();
  std::chrono::nanoseconds patience = kLongestWait;
  if (deadline.has_value()) {
    patience =
        std::min<std::chrono::nanoseconds>(patience, *deadline - std::chrono::steady_clock::now());
  }
  if (result.wait_for(patience) == std::future_status::ready) return result.get();
  const std::lock_guard lock(mutex_);
  std::erase(waiting_, waiting);
  if (deadline.has_value() && patience < kLongestWait) {
    return absl::DeadlineExceededError("the deadline passed before the correction was kept");
  }
  return absl::UnavailableError(
      absl::StrCat("the store of corrections has not answered for ", kLongestWait.count(), " s"));
}

absl::StatusOr<CorrectionPage> CorrectionDatabase::List(int64_t after_id, size_t limit,
                                                        size_t max_bytes) {
  const std::lock_guard lock(read_mutex_);
  ASSIGN_OR_RETURN(CorrectionTable * table, ReadingTable());
  if (table == nullptr) return CorrectionPage{};
  absl::StatusOr<CorrectionPage> page = table->List(after_id, limit, max_bytes);
  if (absl::IsUnavailable(page.status())) reading_.reset();
  return page;
}

absl::Status CorrectionDatabase::Check() {
  const std::lock_guard lock(read_mutex_);
  return ReadingTable().status();
}

bool CorrectionDatabase::IsThere() const {
  if (options_.location.kind == StoreLocation::Kind::kPostgresql) return true;
  std::error_code error;
  if (std::filesystem::exists(options_.location.file, error)) return true;
  const std::lock_guard lock(mutex_);
  return seen_;
}

CorrectionTable::Missing CorrectionDatabase::IfMissing() const {
  const std::lock_guard lock(mutex_);
  return seen_ ? CorrectionTable::Missing::kRefuse : CorrectionTable::Missing::kCreate;
}

absl::StatusOr<CorrectionTable*> CorrectionDatabase::ReadingTable() {
  if (reading_ != nullptr && !reading_->IsAlive()) reading_.reset();
  if (reading_ == nullptr) {
    if (!IsThere()) return nullptr;
    ASSIGN_OR_RETURN(reading_,
                     CorrectionTable::Open(options_.location, CorrectionTable::Missing::kRefuse));
    const std::lock_guard lock(mutex_);
    seen_ = true;
  }
  return reading_.get();
}

absl::Status CorrectionDatabase::OpenForWriting() {
  if (writing_ != nullptr && writing_->IsAlive()) return absl::OkStatus();
  writing_.reset();
  ASSIGN_OR_RETURN(writing_, CorrectionTable::Open(options_.location, IfMissing()));
  const std::lock_guard lock(mutex_);
  seen_ = true;
  return absl::OkStatus();
}

void CorrectionDatabase::Write() {
  auto next_deletion = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (true) {
    const auto has_work = [this] { return ending_ || !waiting_.empty(); };
    if (options_.keep_for.count() == 0) {
      changed_.wait(lock, has_work);
    } else if (!changed_.wait_until(lock, next_deletion, has_work)) {
      lock.unlock();
      DeleteOld();
      next_deletion = std::chrono::steady_clock::now() + kBetweenDeletions;
      lock.lock();
      continue;
    }
    if (waiting_.empty()) return;
    const size_t count = std::min(waiting_.size(), kMostInOneCommit);
    const std::vector<std::shared_ptr<Waiting>> batch(waiting_.begin(), waiting_.begin() + count);
    waiting_.erase(waiting_.begin(), waiting_.begin() + count);
    lock.unlock();
    Commit(batch);
    lock.lock();
  }
}

void CorrectionDatabase::Commit(const std::vector<std::shared_ptr<Waiting>>& batch) {
  std::vector<const NewCorrection*> corrections;
  for (const std::shared_ptr<Waiting>& waiting : batch) corrections.push_back(&waiting->correction);
  const auto insert = [&]() -> absl::StatusOr<std::vector<absl::StatusOr<v1::Correction>>> {
    RETURN_IF_ERROR(OpenForWriting());
    return writing_->Insert(corrections);
  };
  auto results = insert();
  if (absl::IsUnavailable(results.status())) writing_.reset();
  for (size_t i = 0; i < batch.size(); ++i) {
    batch[i]->result.set_value(results.ok() ? std::move((*results)[i]) : results.status());
  }
}

// What cannot be deleted now is tried again in an hour; callers are told of a broken store.
void CorrectionDatabase::DeleteOld() {
  if (!IsThere() || !OpenForWriting().ok()) return;
  const auto before = std::chrono::system_clock::now() - options_.keep_for;
  while (true) {
    const absl::StatusOr<size_t> deleted = writing_->DeleteBefore(before);
    if (absl::IsUnavailable(deleted.status())) writing_.reset();
    if (!deleted.ok() || *deleted == 0) return;
    const std::lock_guard lock(mutex_);
    if (ending_ || !waiting_.empty()) return;
  }
}

}  // namespace rubricator
