// One StreamClassifyArticles call with a window: the sending thread waits while enough is under
// way.
#ifndef RUBRICATOR_PLUGIN_CPP_CLASSIFY_REACTOR_H_
#define RUBRICATOR_PLUGIN_CPP_CLASSIFY_REACTOR_H_

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "absl/status/status.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/client_callback.h"
#include "plugin/cpp/backend.h"
#include "rubricator/v1/classification_service.grpc.pb.h"

namespace rubricator {

// Good for one Run(). gRPC's threads call the On… functions.
class ClassifyReactor final : public grpc::ClientBidiReactor<v1::StreamClassifyArticlesRequest,
                                                             v1::StreamClassifyArticlesResponse> {
 public:
  // `source`, `sink` are borrowed.
  ClassifyReactor(const StreamSource& source, const StreamSink& sink, const StreamLimits& limits)
      : source_(source), sink_(sink), limits_(limits) {}

  // To set metadata before Run().
  grpc::ClientContext& context() { return context_; }

  // Blocks until the stream has ended; see Backend::Stream for threads and errors.
  absl::Status Run(v1::ClassificationService::Stub& stub);

  void OnWriteDone(bool ok) override;
  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  using Clock = std::chrono::steady_clock;

  // Waits until a request may be sent; false when no more can be.
  bool WaitForRoom();
  // Waits for OnDone(), cancelling when nothing is heard for too long.
  absl::Status WaitForEnd();
  // Waits for a change or the idle deadline; cancels the call at the latter. `lock` holds mutex_.
  void WaitForChange(std::unique_lock<std::mutex>& lock);

  const StreamSource& source_;
  const StreamSink& sink_;
  const StreamLimits limits_;
  grpc::ClientContext context_;
  v1::StreamClassifyArticlesRequest request_;  // being written; the running thread's between writes
  v1::StreamClassifyArticlesResponse response_;  // being read; the reading thread's

  std::mutex mutex_;
  std::condition_variable changed_;
  Clock::time_point last_heard_;  // or when waiting for an answer began
  size_t under_way_ = 0;
  bool writing_ = false;
  bool delivering_ = false;     // the sink has an answer; a slow sink is not a slow server
  bool sending_ended_ = false;  // the half-close was sent: the end of the call is awaited too
  bool broken_ = false;         // no more can be written or read
  bool stopped_ = false;        // the sink said false
  bool timed_out_ = false;
  bool done_ = false;
  grpc::Status status_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_CLASSIFY_REACTOR_H_
