// Notices folders that are renamed into another folder.
#ifndef RUBRICATOR_SERVER_FOLDER_WATCH_H_
#define RUBRICATOR_SERVER_FOLDER_WATCH_H_

#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include "absl/status/statusor.h"

namespace rubricator {

// By inotify, on a thread of its own. What is written in place is not noticed: only what was
// renamed is whole.
class FolderWatch {
 public:
  // Calls `on_arrival` on the thread when something was renamed into `folder`, and when `folder`,
  // after it had gone, is there again; several arrivals may be told as one. `folder` need not be
  // there yet. Errors: RESOURCE_EXHAUSTED where the system has no inotify to give.
  static absl::StatusOr<std::unique_ptr<FolderWatch>> Start(std::filesystem::path folder,
                                                            std::function<void()> on_arrival);
  // Waits for a call of `on_arrival` to end.
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

 private:
  FolderWatch(std::filesystem::path folder, std::function<void()> on_arrival, int inotify, int end);
  void Watch(bool watched);
  // Takes all events that there are. False: the folder is no longer watched.
  bool TakeEvents();

  const std::filesystem::path folder_;
  const std::function<void()> on_arrival_;
  const int inotify_;
  const int end_;  // an eventfd, readable once the watch is to end
  std::thread thread_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_FOLDER_WATCH_H_
