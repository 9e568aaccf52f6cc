#include "server/folder_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace rubricator {
namespace {

// How often a folder that is not there is looked for.
constexpr int kMissingFolderMs = 1000;
constexpr uint32_t kEvents = IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

}  // namespace

absl::StatusOr<std::unique_ptr<FolderWatch>> FolderWatch::Start(std::filesystem::path folder,
                                                                std::function<void()> on_arrival) {
  const int inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  const int end = eventfd(0, EFD_CLOEXEC);
  if (inotify < 0 || end < 0) {
    if (inotify >= 0) close(inotify);
    if (end >= 0) close(end);
    return absl::ResourceExhaustedError("the system has no inotify instance to give");
  }
  return std::unique_ptr<FolderWatch>(
      new FolderWatch(std::move(folder), std::move(on_arrival), inotify, end));
}

FolderWatch::FolderWatch(std::filesystem::path folder, std::function<void()> on_arrival,
                         int inotify, int end)
    : folder_(std::move(folder)),
      on_arrival_(std::move(on_arrival)),
      inotify_(inotify),
      end_(end),
      // Before Start() returns, so that nothing which comes after it is missed.
      thread_([this, watched = inotify_add_watch(inotify_, folder_.c_str(), kEvents) >= 0] {
        Watch(watched);
      }) {}

FolderWatch::~FolderWatch() {
  eventfd_write(end_, 1);
  thread_.join();
  close(inotify_);
  close(end_);
}

void FolderWatch::Watch(bool watched) {
  while (true) {
    std::array<pollfd, 2> ready{{{end_, POLLIN, 0}, {inotify_, POLLIN, 0}}};
    poll(ready.data(), ready.size(), watched ? -1 : kMissingFolderMs);
    if (ready[0].revents != 0) return;
    if (watched) {
      watched = TakeEvents();
      if (watched) on_arrival_();
    } else {
      watched = inotify_add_watch(inotify_, folder_.c_str(), kEvents) >= 0;
      if (watched) on_arrival_();
    }
  }
}

bool FolderWatch::TakeEvents() {
  alignas(inotify_event) std::array<char, 4096> buffer;
  bool watched = true;
  ssize_t bytes = 0;
  while ((bytes = read(inotify_, buffer.data(), buffer.size())) > 0) {
    for (ssize_t at = 0; at < bytes;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      if ((event->mask & IN_MOVE_SELF) != 0) inotify_rm_watch(inotify_, event->wd);
      if ((event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0) watched = false;
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    }
  }
  return watched;
}

}  // namespace rubricator
