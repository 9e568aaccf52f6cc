// Tells when files change.
#ifndef RUBRICATOR_SERVER_ACCESS_FILE_WATCH_H_
#define RUBRICATOR_SERVER_ACCESS_FILE_WATCH_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rubricator {

// Looks at the files on a thread of its own. It asks for their state instead of waiting for
// inotify: certificates are often links that a tool swings, as in a Kubernetes volume, and files
// may lie on a network.
class FileWatch {
 public:
  // `changed` is called on the watch's thread, once for each look that found a change: another
  // file at the path, another size or another time; or one that came or went.
  FileWatch(std::vector<std::string> paths, std::chrono::milliseconds interval,
            std::function<void()> changed);
  // Waits for a `changed` that runs.
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

 private:
  std::string State() const;
  void Look();

  const std::vector<std::string> paths_;
  const std::chrono::milliseconds interval_;
  const std::function<void()> changed_;
  std::string seen_;
  std::mutex mutex_;
  std::condition_variable ending_changed_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_FILE_WATCH_H_
