#include "plugin/cpp/classify_reactor.h"

#include "absl/strings/str_cat.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator {

absl::Status ClassifyReactor::Run(v1::ClassificationService::Stub& stub) {
  last_heard_ = Clock::now();
  stub.async()->StreamClassifyArticles(&context_, this);
  StartRead(&response_);
  AddHold();  // writes start on this thread, not inside a reaction
  StartCall();
  while (WaitForRoom() && source_(request_)) {
    {
      std::lock_guard lock(mutex_);
      if (broken_) break;
      if (under_way_ == 0) last_heard_ = Clock::now();
      ++under_way_;
      writing_ = true;
    }
    StartWrite(&request_);
  }
  {
    std::lock_guard lock(mutex_);
    sending_ended_ = true;
    if (under_way_ == 0) last_heard_ = Clock::now();
  }
  StartWritesDone();
  RemoveHold();
  return WaitForEnd();
}

void ClassifyReactor::OnWriteDone(bool ok) {
  std::lock_guard lock(mutex_);
  writing_ = false;
  broken_ = broken_ || !ok;
  changed_.notify_all();
}

void ClassifyReactor::OnReadDone(bool ok) {
  std::unique_lock lock(mutex_);
  delivering_ = ok;
  lock.unlock();
  const bool wants_more = ok && sink_(response_);
  lock.lock();
  delivering_ = false;
  if (ok && under_way_ > 0) --under_way_;
  last_heard_ = Clock::now();
  broken_ = broken_ || !wants_more;
  stopped_ = stopped_ || (ok && !wants_more);
  changed_.notify_all();
  lock.unlock();
  if (wants_more) {
    StartRead(&response_);
  } else if (ok) {
    context_.TryCancel();
  }
}

void ClassifyReactor::OnDone(const grpc::Status& status) {
  std::lock_guard lock(mutex_);
  status_ = status;
  done_ = true;
  changed_.notify_all();
}

void ClassifyReactor::WaitForChange(std::unique_lock<std::mutex>& lock) {
  const bool awaits_server = !delivering_ && (under_way_ > 0 || sending_ended_ || writing_);
  if (!awaits_server || timed_out_) {
    changed_.wait(lock);
    return;
  }
  const auto latest = last_heard_ + limits_.idle_timeout;
  const bool heard = changed_.wait_until(lock, latest) == std::cv_status::no_timeout;
  if (heard || delivering_ || Clock::now() < last_heard_ + limits_.idle_timeout) return;
  timed_out_ = true;
  broken_ = true;
  context_.TryCancel();
}

bool ClassifyReactor::WaitForRoom() {
  std::unique_lock lock(mutex_);
  while (!broken_ && (writing_ || under_way_ >= limits_.window)) WaitForChange(lock);
  // request_ belongs to gRPC until its write is done, even on a broken call.
  while (writing_) WaitForChange(lock);
  return !broken_;
}

absl::Status ClassifyReactor::WaitForEnd() {
  std::unique_lock lock(mutex_);
  while (!done_) WaitForChange(lock);
  if (stopped_) return absl::CancelledError("ended by the caller");
  if (timed_out_) {
    return absl::DeadlineExceededError(
        absl::StrCat("no answer for ", limits_.idle_timeout.count(), " ms"));
  }
  return FromGrpcStatus(status_);
}

}  // namespace rubricator
