#include "server/access/admission.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/access/overload.h"

namespace rubricator {
namespace {

using std::chrono::milliseconds;

// A call takes less than a millisecond: after this much, room is likely, and a caller that waits
// once has lost little.
constexpr milliseconds kRoomIsLikely{50};

}  // namespace

Admission::Permit::Permit(Permit&& other) noexcept
    : admission_(std::exchange(other.admission_, nullptr)),
      kind_(other.kind_),
      caller_(other.caller_) {}

Admission::Permit::~Permit() {
  if (admission_ != nullptr) admission_->Leave(kind_, *caller_);
}

absl::StatusOr<Admission::Permit> Admission::Enter(const std::string& name, CallKind kind,
                                                   Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  size_t& open = kind == CallKind::kUnary ? calls_ : streams_;
  const size_t limit = kind == CallKind::kUnary ? limits_.calls : limits_.streams;
  if (open >= limit) {
    return Overloaded(
        absl::StrCat("the server has ", open, kind == CallKind::kUnary ? " calls" : " streams",
                     " open, which is its limit"),
        kRoomIsLikely);
  }
  Caller& caller = Remember(name, now);
  if (caller.open >= limits_.calls_per_caller) {
    return Overloaded(absl::StrCat("this caller has ", caller.open, " calls open; limit is ",
                                   limits_.calls_per_caller),
                      kRoomIsLikely);
  }
  if (limits_.calls_per_second > 0) {
    if (caller.bucket < 1) {
      const double seconds = (1 - caller.bucket) / limits_.calls_per_second;
      return Overloaded(
          absl::StrCat("this caller made more calls than ", limits_.calls_per_second, " a second"),
          milliseconds(static_cast<int64_t>(std::ceil(seconds * 1000))));
    }
    caller.bucket -= 1;
  }
  ++open;
  ++caller.open;
  return Permit(*this, kind, caller);
}

Admission::Caller& Admission::Remember(const std::string& name, Clock::time_point now) {
  const auto known = by_name_.find(name);
  if (known == by_name_.end()) {
    if (callers_.size() >= limits_.callers_remembered) ForgetOldest();
    callers_.push_front(
        {.name = name, .open = 0, .bucket = static_cast<double>(limits_.burst), .filled = now});
    by_name_.emplace(name, callers_.begin());
    return callers_.front();
  }
  callers_.splice(callers_.begin(), callers_, known->second);
  Caller& caller = callers_.front();
  const std::chrono::duration<double> since = std::max(now - caller.filled, Clock::duration(0));
  caller.bucket = std::min(static_cast<double>(limits_.burst),
                           caller.bucket + since.count() * limits_.calls_per_second);
  caller.filled = std::max(now, caller.filled);
  return caller;
}

void Admission::ForgetOldest() {
  for (auto caller = callers_.rbegin(); caller != callers_.rend(); ++caller) {
    if (caller->open > 0) continue;
    by_name_.erase(caller->name);
    callers_.erase(std::next(caller).base());
    return;
  }
}

void Admission::Leave(CallKind kind, Caller& caller) {
  const std::lock_guard lock(mutex_);
  --(kind == CallKind::kUnary ? calls_ : streams_);
  --caller.open;
}

size_t Admission::CallerCount() const {
  const std::lock_guard lock(mutex_);
  return callers_.size();
}

}  // namespace rubricator
