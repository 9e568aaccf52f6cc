#include "server/access/file_watch.h"

#include <sys/stat.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace rubricator {

FileWatch::FileWatch(std::vector<std::string> paths, std::chrono::milliseconds interval,
                     std::function<void()> changed)
    : paths_(std::move(paths)),
      interval_(interval),
      changed_(std::move(changed)),
      seen_(State()),
      thread_([this] { Look(); }) {}

FileWatch::~FileWatch() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ending_changed_.notify_all();
  thread_.join();
}

std::string FileWatch::State() const {
  std::string state;
  for (const std::string& path : paths_) {
    struct stat file = {};
    if (stat(path.c_str(), &file) != 0) file = {};
    absl::StrAppend(&state, file.st_dev, " ", file.st_ino, " ", file.st_size, " ",
                    file.st_mtim.tv_sec, " ", file.st_mtim.tv_nsec, "\n");
  }
  return state;
}

void FileWatch::Look() {
  std::unique_lock lock(mutex_);
  while (!ending_changed_.wait_for(lock, interval_, [this] { return ending_; })) {
    std::string state = State();
    if (state == seen_) continue;
    seen_ = std::move(state);
    lock.unlock();
    changed_();
    lock.lock();
  }
}

}  // namespace rubricator
