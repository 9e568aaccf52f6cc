// A value read from files, replaced when they change and kept when the new ones are bad.
#ifndef RUBRICATOR_SERVER_ACCESS_RELOADED_H_
#define RUBRICATOR_SERVER_ACCESS_RELOADED_H_

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/status/statusor.h"
#include "classifier/status_macros.h"

namespace rubricator {

enum class ReloadOutcome { kSame, kReplaced };

// Thread-safe. `T` has operator==.
template <typename T>
class Reloaded {
 public:
  using Load = std::function<absl::StatusOr<T>()>;

  // Errors: those of `load`.
  static absl::StatusOr<std::unique_ptr<Reloaded>> Create(Load load) {
    ASSIGN_OR_RETURN(T first, load());
    return std::unique_ptr<Reloaded>(new Reloaded(std::move(load), std::move(first)));
  }

  // Never null.
  std::shared_ptr<const T> Current() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  // Errors: those of `load`; the value stays.
  absl::StatusOr<ReloadOutcome> Reload() {
    ASSIGN_OR_RETURN(T loaded, load_());
    const std::lock_guard lock(mutex_);
    if (loaded == *current_) return ReloadOutcome::kSame;
    current_ = std::make_shared<const T>(std::move(loaded));
    return ReloadOutcome::kReplaced;
  }

 private:
  Reloaded(Load load, T first)
      : load_(std::move(load)), current_(std::make_shared<const T>(std::move(first))) {}

  const Load load_;
  mutable std::mutex mutex_;
  std::shared_ptr<const T> current_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_RELOADED_H_
