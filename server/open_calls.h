// The calls that the server has not answered yet, so that it can end when there are none.
#ifndef RUBRICATOR_SERVER_OPEN_CALLS_H_
#define RUBRICATOR_SERVER_OPEN_CALLS_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <unordered_map>

namespace rubricator {

// Thread-safe.
class OpenCalls {
 public:
  // Counts a call in, whatever it returns: false once draining has begun, when the call is to be
  // answered UNAVAILABLE. `on_drain` (may be empty) is called once, when draining begins, on
  // another thread and never after End(); it must not call Begin() or End().
  bool Begin(const void* call, std::function<void()> on_drain);
  // Counts it out: its answer is on the wire.
  void End(const void* call);

  // From now on Begin() returns false; open calls that asked for it are told.
  void BeginDrain();
  bool IsDraining() const;
  // Waits until no call is open. False when `deadline` came first.
  bool WaitUntilNone(std::chrono::system_clock::time_point deadline);
  size_t Count() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  std::unordered_map<const void*, std::function<void()>> calls_;
  bool draining_ = false;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_OPEN_CALLS_H_
