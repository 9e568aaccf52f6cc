// What answers a client's calls: a server, or this process. The client above it holds what both
// share.
#ifndef RUBRICATOR_PLUGIN_CPP_BACKEND_H_
#define RUBRICATOR_PLUGIN_CPP_BACKEND_H_

#include <chrono>
#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "rubricator/v1/classification_service.pb.h"

namespace rubricator {

// Fills the next request and returns true, or returns false at the end.
using StreamSource = std::function<bool(v1::StreamClassifyArticlesRequest& request)>;
// Takes the next response; false ends the stream early.
using StreamSink = std::function<bool(v1::StreamClassifyArticlesResponse& response)>;

struct StreamLimits {
  size_t window = 64;                             // requests under way at once, at least 1
  std::chrono::milliseconds idle_timeout{30000};  // longest wait for the next answer
};

// Thread-safe.
class Backend {
 public:
  virtual ~Backend() = default;

  // Calls the unary `method`. `request` and `response` are of its types. Errors: the method's own,
  // as FromGrpcStatus() gives them; UNIMPLEMENTED for a method that the backend does not know.
  virtual absl::Status Call(const google::protobuf::MethodDescriptor& method,
                            const google::protobuf::Message& request,
                            std::chrono::milliseconds timeout,
                            google::protobuf::Message& response) const = 0;

  // Runs one StreamClassifyArticles until `source` ends and all is answered. `source` is called on
  // this thread, `sink` on this or another, one call at a time. Errors: as Call(); CANCELLED when
  // `sink` said false; DEADLINE_EXCEEDED when no answer came within `limits.idle_timeout`.
  virtual absl::Status Stream(const StreamSource& source, const StreamSink& sink,
                              const StreamLimits& limits) const = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_BACKEND_H_
