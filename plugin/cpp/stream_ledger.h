// Which articles of a stream are still to be answered, so that a broken stream can be taken up
// again.
#ifndef RUBRICATOR_PLUGIN_CPP_STREAM_LEDGER_H_
#define RUBRICATOR_PLUGIN_CPP_STREAM_LEDGER_H_

#include <cstddef>
#include <deque>
#include <mutex>

#include "absl/status/status.h"
#include "plugin/cpp/client.h"

namespace rubricator {

// Stands between the caller's source and sink and those of a backend. Take() and Answer() may run
// on two threads at once; the rest only between two streams.
class StreamLedger {
 public:
  // All are borrowed.
  StreamLedger(const ArticleSource& next, const ResultSink& deliver,
               const v1::ClassifyOptions& options)
      : next_(next), deliver_(deliver), options_(options) {}

  // The backend's StreamSource: first what Rewind() put back, then what the caller gives. An
  // article that is not UTF-8 is sent blank, and its result says why.
  bool Take(v1::StreamClassifyArticlesRequest& request);
  // The backend's StreamSink: the answer to the oldest article taken. False also for an answer to
  // none.
  bool Answer(v1::StreamClassifyArticlesResponse& response);

  // All unanswered articles are to be sent once more.
  void Rewind();
  size_t answered() const;
  size_t unanswered() const;
  // Whether the caller's source has said that there are no more articles.
  bool at_end() const;
  // Whether the caller's sink ended the stream.
  bool stopped() const;

 private:
  struct Entry {
    v1::Article article;
    absl::Status refusal;  // not OK: never sent, this is its result
  };

  const ArticleSource& next_;
  const ResultSink& deliver_;
  const v1::ClassifyOptions& options_;
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;  // taken and not answered, oldest first
  size_t sent_ = 0;            // of entries_, how many this stream has sent
  size_t answered_ = 0;
  bool at_end_ = false;
  bool stopped_ = false;
};

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_STREAM_LEDGER_H_
