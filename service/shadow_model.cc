#include "service/shadow_model.h"

#include <sched.h>

#include <algorithm>
#include <utility>

#include "classifier/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "service/article_analysis.h"

namespace rubricator {
namespace {

// Of this thread alone: it gets what processor time nothing else wants.
void RunWhenIdle() {
  const sched_param none{};
  sched_setscheduler(0, SCHED_IDLE, &none);  // where it is not allowed, it runs as others do
}

}  // namespace

ShadowModel::ShadowModel() : thread_([this] { Work(); }) {}

ShadowModel::~ShadowModel() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
  thread_.join();
}

void ShadowModel::Set(std::shared_ptr<const Snapshot> candidate, double share) {
  std::shared_ptr<const Snapshot> before = candidate;  // let go of outside of the lock
  const std::lock_guard lock(mutex_);
  candidate_.swap(before);
  waiting_.clear();
  waiting_bytes_ = 0;
  running_ = candidate_ != nullptr;
  report_.set_running(candidate_ != nullptr);
  if (candidate_ == nullptr) return;
  share_ = share;
  owed_ = 0.0;
  report_.set_version(candidate_->classifier().manifest().version);
  BeginReport("");
}

void ShadowModel::BeginReport(const std::string& live_version) {
  const std::string version = report_.version();
  report_.Clear();
  report_.set_version(version);
  report_.set_active_version(live_version);
  report_.set_running(candidate_ != nullptr);
  *report_.mutable_start_time() = google::protobuf::util::TimeUtil::GetCurrentTime();
  topics_.clear();
  regions_.clear();
}

ShadowModel::Answer ShadowModel::Read(const v1::Analysis& analysis) {
  Answer answer{.topics = {}, .regions = {}, .outcome = analysis.outcome()};
  for (const v1::Topic& topic : analysis.topics()) answer.topics.insert(topic.id());
  for (const v1::Region& region : analysis.regions()) {
    if (region.role() == v1::REGION_ROLE_FOCUS) answer.regions.insert(region.code());
  }
  return answer;
}

void ShadowModel::Enqueue(const v1::Article& article, const v1::Analysis& analysis) {
  Pair pair{article, Read(analysis), analysis.model_version(), article.ByteSizeLong()};
  {
    const std::lock_guard lock(mutex_);
    if (candidate_ == nullptr) return;
    if (pair.live_version != report_.active_version()) BeginReport(pair.live_version);
    owed_ += share_;
    if (owed_ < 1.0) return;
    owed_ -= 1.0;
    if (waiting_.size() >= kMaxShadowQueue || waiting_bytes_ + pair.bytes > kMaxShadowBytes) {
      report_.set_dropped_articles(report_.dropped_articles() + 1);
      return;
    }
    waiting_bytes_ += pair.bytes;
    waiting_.push_back(std::move(pair));
  }
  changed_.notify_one();
}

void ShadowModel::Work() {
  RunWhenIdle();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    const Pair pair = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= pair.bytes;
    std::shared_ptr<const Snapshot> candidate = candidate_;
    busy_ = true;
    lock.unlock();
    const absl::StatusOr<Answer> shadow = Ask(*candidate, pair.article);
    lock.lock();
    if (candidate == candidate_) Compare(pair, shadow);
    lock.unlock();
    candidate.reset();
    lock.lock();
    busy_ = false;
  }
}

absl::StatusOr<ShadowModel::Answer> ShadowModel::Ask(const Snapshot& candidate,
                                                     const v1::Article& article) const {
  v1::Analysis analysis;
  RETURN_IF_ERROR(AnswerArticle(&article, {}, candidate, CallContext{}, analysis));
  return Read(analysis);
}

void ShadowModel::Compare(const Pair& pair, const absl::StatusOr<Answer>& shadow) {
  if (pair.live_version != report_.active_version()) return;
  if (!shadow.ok()) {
    report_.set_failed_articles(report_.failed_articles() + 1);
    return;
  }
  report_.set_compared_articles(report_.compared_articles() + 1);
  Count(pair.live.topics, shadow->topics, topics_);
  Count(pair.live.regions, shadow->regions, regions_);
  const bool identical = pair.live.topics == shadow->topics &&
                         pair.live.regions == shadow->regions &&
                         pair.live.outcome == shadow->outcome;
  if (identical) report_.set_identical_articles(report_.identical_articles() + 1);
}

void ShadowModel::Count(const std::set<std::string>& live, const std::set<std::string>& shadow,
                        CountsByLabel& counts) {
  for (const std::string& label : live) {
    ++(shadow.contains(label) ? counts[label].both : counts[label].active_only);
  }
  for (const std::string& label : shadow) {
    if (!live.contains(label)) ++counts[label].shadow_only;
  }
}

void ShadowModel::WriteCounts(const CountsByLabel& counts, uint64_t articles,
                              google::protobuf::RepeatedPtrField<v1::LabelAgreement>& out) {
  for (const auto& [label, count] : counts) {
    v1::LabelAgreement& agreement = *out.Add();
    agreement.set_label(label);
    agreement.set_both(count.both);
    agreement.set_active_only(count.active_only);
    agreement.set_shadow_only(count.shadow_only);
    agreement.set_agreement(1.0 - static_cast<double>(count.active_only + count.shadow_only) /
                                      static_cast<double>(articles));
  }
}

absl::StatusOr<v1::ShadowReport> ShadowModel::Report() const {
  const std::lock_guard lock(mutex_);
  if (report_.version().empty()) {
    return absl::FailedPreconditionError("there has been no shadow model");
  }
  v1::ShadowReport report = report_;
  WriteCounts(topics_, report.compared_articles(), *report.mutable_topics());
  WriteCounts(regions_, report.compared_articles(), *report.mutable_regions());
  return report;
}

bool ShadowModel::IsIdle() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty() && !busy_;
}

}  // namespace rubricator
