// Threads for requests that would keep the network's own threads too long.
#ifndef RUBRICATOR_SERVER_WORKER_POOL_H_
#define RUBRICATOR_SERVER_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace rubricator {

// Thread-safe.
class WorkerPool {
 public:
  // `threads` 0: one for each processor. At most `queue_length` jobs wait.
  WorkerPool(size_t threads, size_t queue_length);
  // Runs what waits, then ends.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Runs `job` soon, in the order given. False, and `job` is dropped, when the queue is full.
  bool TryRun(std::function<void()> job);
  // Jobs that wait for a thread.
  size_t QueueLength() const;

 private:
  void Work();

  const size_t queue_length_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_WORKER_POOL_H_
