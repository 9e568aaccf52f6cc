#include "plugin/cpp/stream_ledger.h"

#include <utility>

#include "classifier/code_point.h"
#include "service/field_error.h"
#include "service/request_reading.h"

namespace rubricator {

bool StreamLedger::Take(v1::StreamClassifyArticlesRequest& request) {
  request.Clear();
  *request.mutable_options() = options_;
  {
    std::lock_guard lock(mutex_);
    if (stopped_) return false;
    if (sent_ < entries_.size()) {
      const Entry& entry = entries_[sent_++];
      if (entry.refusal.ok()) *request.mutable_article() = entry.article;
      return true;
    }
    if (at_end_) return false;
  }
  // Outside the lock: the caller may wait for input while answers arrive.
  if (!next_(*request.mutable_article())) {
    std::lock_guard lock(mutex_);
    at_end_ = true;
    return false;
  }
  Entry entry{.article = request.article(), .refusal = CheckUtf8(request)};
  if (!entry.refusal.ok()) request.clear_article();
  std::lock_guard lock(mutex_);
  entries_.push_back(std::move(entry));
  ++sent_;
  return true;
}

bool StreamLedger::Answer(v1::StreamClassifyArticlesResponse& response) {
  Entry entry;
  {
    std::lock_guard lock(mutex_);
    if (stopped_ || sent_ == 0) return false;
    entry = std::move(entries_.front());
    entries_.pop_front();
    --sent_;
    ++answered_;
  }
  v1::ClassifyResult& result = *response.mutable_result();
  if (!entry.refusal.ok()) {
    *result.mutable_error() = ToRpcStatus(entry.refusal);
    result.set_article_id(IsValidUtf8(entry.article.id()) ? entry.article.id() : "");
  }
  if (deliver_(result)) return true;
  std::lock_guard lock(mutex_);
  stopped_ = true;
  return false;
}

void StreamLedger::Rewind() {
  std::lock_guard lock(mutex_);
  sent_ = 0;
}

size_t StreamLedger::answered() const {
  std::lock_guard lock(mutex_);
  return answered_;
}

size_t StreamLedger::unanswered() const {
  std::lock_guard lock(mutex_);
  return entries_.size();
}

bool StreamLedger::at_end() const {
  std::lock_guard lock(mutex_);
  return at_end_;
}

bool StreamLedger::stopped() const {
  std::lock_guard lock(mutex_);
  return stopped_;
}

}  // namespace rubricator
