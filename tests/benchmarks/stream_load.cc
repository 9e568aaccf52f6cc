#include <grpcpp/grpcpp.h>

#include <deque>
#include <memory>
#include <utility>

#include "tests/benchmarks/load_plan.h"

namespace rubricator::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;

enum class Step { kStart, kWrite, kRead, kWritesDone, kFinish };

struct Stream;
struct Tag {
  Stream* stream;
  Step step;
};

struct Stream {
  Tag start{this, Step::kStart};
  Tag write{this, Step::kWrite};
  Tag read{this, Step::kRead};
  Tag writes_done{this, Step::kWritesDone};
  Tag finish{this, Step::kFinish};
  grpc::ClientContext context;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call;
  grpc::ByteBuffer response;
  grpc::Status status;
  size_t ahead = 0;  // requests without an answer
  bool is_writing = false;
  bool is_closed = false;  // for writing
};

class StreamLoad {
 public:
  StreamLoad(const LoadPlan& plan, size_t window)
      : plan_(plan),
        window_(window),
        begin_(Clock::now() + plan.warm_up),
        end_(begin_ + plan.duration),
        stubs_(Connect(plan)) {}

  LoadResult Run() {
    for (grpc::GenericStub& stub : stubs_) {
      Stream& stream = streams_.emplace_back();
      stream.call = stub.PrepareCall(&stream.context, plan_.method, &queue_);
      stream.call->StartCall(&stream.start);
    }
    void* tag = nullptr;
    bool ok = false;
    for (size_t open = streams_.size(); open > 0 && queue_.Next(&tag, &ok);) {
      const Tag& done = *static_cast<Tag*>(tag);
      open -= done.step == Step::kFinish ? 1 : 0;
      Continue(*done.stream, done.step, ok);
    }
    return std::move(result_);
  }

 private:
  void Continue(Stream& stream, Step step, bool ok) {
    switch (step) {
      case Step::kStart:
        if (!ok) return Finish(stream);
        stream.call->Read(&stream.response, &stream.read);
        return WriteNext(stream);
      case Step::kWrite:
        stream.is_writing = false;
        return WriteNext(stream);
      case Step::kRead:
        if (!ok) return Finish(stream);
        Count(stream);
        stream.call->Read(&stream.response, &stream.read);
        return WriteNext(stream);
      case Step::kWritesDone:
        return;
      case Step::kFinish:
        if (!stream.status.ok()) ++result_.failed;
        return;
    }
  }

  void WriteNext(Stream& stream) {
    if (stream.is_writing || stream.is_closed) return;
    if (Clock::now() >= end_) {
      stream.is_closed = true;
      stream.call->WritesDone(&stream.writes_done);
    } else if (stream.ahead < window_) {
      ++stream.ahead;
      stream.is_writing = true;
      stream.call->Write(plan_.requests[sent_++ % plan_.requests.size()], &stream.write);
    }
  }

  void Count(Stream& stream) {
    --stream.ahead;
    const Clock::time_point now = Clock::now();
    if (now < begin_ || now >= end_) return;
    ++result_.answered;
    result_.response_bytes += stream.response.Length();
  }

  static void Finish(Stream& stream) { stream.call->Finish(&stream.status, &stream.finish); }

  const LoadPlan& plan_;
  const size_t window_;
  const Clock::time_point begin_;
  const Clock::time_point end_;
  grpc::CompletionQueue queue_;
  std::vector<grpc::GenericStub> stubs_;
  std::deque<Stream> streams_;
  size_t sent_ = 0;
  LoadResult result_;
};

}  // namespace

LoadResult RunStreams(const LoadPlan& plan, size_t window) {
  return StreamLoad(plan, window).Run();
}

}  // namespace rubricator::benchmarks
