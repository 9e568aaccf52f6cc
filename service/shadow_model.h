// A candidate that answers live articles unseen, and how far it agrees with the live model.
#ifndef RUBRICATOR_SERVICE_SHADOW_MODEL_H_
#define RUBRICATOR_SERVICE_SHADOW_MODEL_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"
#include "rubricator/v1/analysis.pb.h"
#include "rubricator/v1/article.pb.h"
#include "rubricator/v1/model_service.pb.h"
#include "service/snapshot.h"

namespace rubricator {

// Articles that wait for the candidate; more are passed over, as are those that would take the
// waiting ones beyond so many bytes.
inline constexpr size_t kMaxShadowQueue = 256;
inline constexpr size_t kMaxShadowBytes = 16 << 20;

// Live calls only copy the article into a bounded queue; one thread, which runs only when the
// processors have nothing else to do, answers it. Thread-safe.
class ShadowModel {
 public:
  ShadowModel();
  // Drops what waits.
  ~ShadowModel();
  ShadowModel(const ShadowModel&) = delete;
  ShadowModel& operator=(const ShadowModel&) = delete;

  // Compares `candidate` from now on on `share` (0..1] of the articles, in a new report; null ends
  // comparing and keeps the report.
  void Set(std::shared_ptr<const Snapshot> candidate, double share);

  // The live model's `analysis` of `article`. Costs next to nothing while there is no candidate.
  void Offer(const v1::Article& article, const v1::Analysis& analysis) {
    if (running_.load(std::memory_order_relaxed)) Enqueue(article, analysis);
  }

  // Error: FAILED_PRECONDITION when there was no candidate yet.
  absl::StatusOr<v1::ShadowReport> Report() const;

  // Whether none waits and none is in work; for tests.
  bool IsIdle() const;

 private:
  struct Answer {
    std::set<std::string> topics;
    std::set<std::string> regions;  // in focus
    int outcome = 0;
  };
  struct Pair {
    v1::Article article;
    Answer live;
    std::string live_version;
    size_t bytes = 0;
  };
  struct Counts {
    uint64_t both = 0;
    uint64_t active_only = 0;
    uint64_t shadow_only = 0;
  };
  using CountsByLabel = std::map<std::string, Counts>;

  static Answer Read(const v1::Analysis& analysis);
  static void Count(const std::set<std::string>& live, const std::set<std::string>& shadow,
                    CountsByLabel& counts);
  static void WriteCounts(const CountsByLabel& counts, uint64_t articles,
                          google::protobuf::RepeatedPtrField<v1::LabelAgreement>& out);
  void Enqueue(const v1::Article& article, const v1::Analysis& analysis);
  void Work();
  absl::StatusOr<Answer> Ask(const Snapshot& candidate, const v1::Article& article) const;
  void Compare(const Pair& pair, const absl::StatusOr<Answer>& shadow);
  void BeginReport(const std::string& live_version);

  std::atomic<bool> running_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const Snapshot> candidate_;  // null while not running
  double share_ = 1.0;
  double owed_ = 0.0;  // share of an article that is due; one is taken when it reaches 1
  std::deque<Pair> waiting_;
  size_t waiting_bytes_ = 0;
  bool busy_ = false;
  bool ending_ = false;
  v1::ShadowReport report_;  // without labels; no version: there was none yet
  CountsByLabel topics_;
  CountsByLabel regions_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_SHADOW_MODEL_H_
