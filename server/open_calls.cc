#include "server/open_calls.h"

#include <utility>

namespace rubricator {

bool OpenCalls::Begin(const void* call, std::function<void()> on_drain) {
  const std::lock_guard lock(mutex_);
  if (draining_) on_drain = nullptr;
  calls_.emplace(call, std::move(on_drain));
  return !draining_;
}

void OpenCalls::End(const void* call) {
  const std::lock_guard lock(mutex_);
  calls_.erase(call);
  if (calls_.empty()) ended_.notify_all();
}

void OpenCalls::BeginDrain() {
  const std::lock_guard lock(mutex_);
  if (draining_) return;
  draining_ = true;
  for (const auto& [call, on_drain] : calls_) {
    if (on_drain) on_drain();
  }
}

bool OpenCalls::IsDraining() const {
  const std::lock_guard lock(mutex_);
  return draining_;
}

bool OpenCalls::WaitUntilNone(std::chrono::system_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  return ended_.wait_until(lock, deadline, [this] { return calls_.empty(); });
}

size_t OpenCalls::Count() const {
  const std::lock_guard lock(mutex_);
  return calls_.size();
}

}  // namespace rubricator
