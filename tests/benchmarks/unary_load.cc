#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>
#include <sys/prctl.h>

#include <atomic>
#include <memory>
#include <thread>
#include <utility>

#include "tests/benchmarks/load_plan.h"

namespace rubricator::benchmarks {
namespace {

using Clock = std::chrono::system_clock;  // gRPC's deadlines are in it

constexpr auto kPatience = std::chrono::seconds(5);  // for answers that are owed at the end

struct Call {
  grpc::ClientContext context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer response;
  grpc::Status status;
  Clock::time_point due;
  size_t caller = 0;
};

class UnaryLoad {
 public:
  explicit UnaryLoad(const LoadPlan& plan)
      : plan_(plan),
        stubs_(Connect(plan)),
        begin_(Clock::now() + std::chrono::duration_cast<Clock::duration>(plan.warm_up)),
        end_(begin_ + std::chrono::duration_cast<Clock::duration>(plan.duration)) {}

  LoadResult Run() {
    if (plan_.rate > 0) {
      const std::jthread sender([this] { SendOnTime(); });
      Receive();
    } else {
      for (size_t i = 0; i < stubs_.size(); ++i) Send(i, Clock::now());
      over_.Set(&queue_, end_, nullptr);
      Receive();
    }
    return std::move(result_);
  }

 private:
  void Send(size_t caller, Clock::time_point due) {
    const size_t number = sent_++;
    auto* call = new Call;
    call->due = due;
    call->caller = caller;
    call->context.set_deadline(plan_.deadline.count() > 0
                                   ? due +
                                         std::chrono::duration_cast<Clock::duration>(plan_.deadline)
                                   : end_ + kPatience);
    call->reader = stubs_[caller].PrepareUnaryCall(
        &call->context, plan_.method, plan_.requests[number % plan_.requests.size()], &queue_);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  }

  // The schedule stands before the first answer.
  void SendOnTime() {
    prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);  // nanoseconds; 50 µs by default
    const Clock::time_point start = Clock::now();
    for (size_t i = 0;; ++i) {
      const auto due =
          start + std::chrono::duration_cast<Clock::duration>(
                      std::chrono::duration<double>(static_cast<double>(i) / plan_.rate));
      if (due >= end_) break;
      std::this_thread::sleep_until(due);
      Send(i % stubs_.size(), due);
    }
    over_.Set(&queue_, Clock::now(), nullptr);
  }

  void Receive() {
    void* tag = nullptr;
    bool ok = false;
    bool is_over = false;
    for (size_t received = 0; !is_over || received < sent_;) {
      if (!queue_.Next(&tag, &ok)) return;
      if (tag == nullptr) {
        is_over = true;
        continue;
      }
      ++received;
      const std::unique_ptr<Call> call(static_cast<Call*>(tag));
      const Clock::time_point now = Clock::now();
      Note(*call, now);
      if (plan_.rate == 0 && !is_over) Send(call->caller, now);
    }
  }

  void Note(const Call& call, Clock::time_point now) {
    const bool is_measured = call.due >= begin_ && call.due < end_;
    if (!call.status.ok()) {
      result_.failed += is_measured ? 1 : 0;
      return;
    }
    if (is_measured) result_.latencies.Add(now - call.due);
    if (now < begin_ || now >= end_) return;
    ++result_.answered;
    result_.response_bytes += call.response.Length();
  }

  const LoadPlan& plan_;
  grpc::CompletionQueue queue_;
  std::vector<grpc::GenericStub> stubs_;
  const Clock::time_point begin_;
  const Clock::time_point end_;
  grpc::Alarm over_;
  std::atomic<size_t> sent_ = 0;
  LoadResult result_;
};

}  // namespace

LoadResult RunUnary(const LoadPlan& plan) { return UnaryLoad(plan).Run(); }

}  // namespace rubricator::benchmarks
