// Frees models off the request path.
#ifndef RUBRICATOR_SERVICE_SNAPSHOT_REAPER_H_
#define RUBRICATOR_SERVICE_SNAPSHOT_REAPER_H_

#include <memory>
#include <thread>

#include "service/snapshot.h"

namespace rubricator {

// Whoever lets go of a snapshot last, a call perhaps that took long, only hands it over; a thread
// of its own gives the memory back. Thread-safe.
class SnapshotReaper {
 public:
  SnapshotReaper();
  // Frees what waits. What it owns and others still hold is then freed by them.
  ~SnapshotReaper();
  SnapshotReaper(const SnapshotReaper&) = delete;
  SnapshotReaper& operator=(const SnapshotReaper&) = delete;

  // The same snapshot, to be freed by the thread once nobody holds what this returns.
  std::shared_ptr<const Snapshot> Own(std::shared_ptr<const Snapshot> snapshot);

 private:
  struct Queue;
  std::shared_ptr<Queue> queue_;
  std::thread thread_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_SNAPSHOT_REAPER_H_
