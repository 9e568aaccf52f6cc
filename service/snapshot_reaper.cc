#include "service/snapshot_reaper.h"

#include <malloc.h>

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace rubricator {

struct SnapshotReaper::Queue {
  void Push(std::shared_ptr<const Snapshot> snapshot) {
    {
      const std::lock_guard lock(mutex);
      if (!ended) waiting.push_back(std::move(snapshot));
    }
    changed.notify_one();
  }

  void FreeUntilEnded() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return ended || !waiting.empty(); });
      if (waiting.empty()) return;
      std::vector<std::shared_ptr<const Snapshot>> freed;
      freed.swap(waiting);
      lock.unlock();
      freed.clear();
      malloc_trim(0);  // a model's tables lie between others: glibc would keep their pages
      lock.lock();
    }
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::shared_ptr<const Snapshot>> waiting;
  bool ended = false;
};

SnapshotReaper::SnapshotReaper()
    : queue_(std::make_shared<Queue>()), thread_([queue = queue_] { queue->FreeUntilEnded(); }) {}

SnapshotReaper::~SnapshotReaper() {
  {
    const std::lock_guard lock(queue_->mutex);
    queue_->ended = true;
  }
  queue_->changed.notify_one();
  thread_.join();
}

std::shared_ptr<const Snapshot> SnapshotReaper::Own(std::shared_ptr<const Snapshot> snapshot) {
  const Snapshot* const pointer = snapshot.get();
  return {pointer, [snapshot = std::move(snapshot), queue = queue_](const Snapshot*) mutable {
            queue->Push(std::move(snapshot));
          }};
}

}  // namespace rubricator
