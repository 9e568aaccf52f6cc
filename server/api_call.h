// One call of the API from its arrival to its log line, whatever carried it.
#ifndef RUBRICATOR_SERVER_API_CALL_H_
#define RUBRICATOR_SERVER_API_CALL_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "server/call_environment.h"
#include "service/call_context.h"
#include "service/method_table.h"

namespace rubricator {

// Who asks, as far as the transport knows.
struct Caller {
  Transport transport;
  std::string peer_kind = {};      // "ipv4", "ipv6", "unix"
  std::string address = {};        // "192.0.2.7", "2001:db8::1"; empty for a socket file
  std::string authorization = {};  // the header's value as sent; empty if there is none
};

// Used by one thread at a time.
class ApiCall {
 public:
  // Borrows environment and method. `on_drain` as OpenCalls has it.
  ApiCall(CallEnvironment& environment, const google::protobuf::MethodDescriptor& method,
          Caller caller, CallContext context, std::function<void()> on_drain = nullptr);
  // To be destroyed when the answer is on the wire, or nobody waits for it any more.
  ~ApiCall();
  ApiCall(const ApiCall&) = delete;
  ApiCall& operator=(const ApiCall&) = delete;

  // Whether this caller may have this call answered now, asked once, before the request is read as
  // a message. Both transports ask here and nowhere else. Errors: UNAVAILABLE when the server is
  // draining; those of Access::Admit.
  absl::Status Admit();
  // For a handler.
  const CallContext& context() const { return context_; }
  // Runs `work` on this thread, or on a worker when the request is long or the method `waits`.
  // Error, and `work` was dropped: RESOURCE_EXHAUSTED when no worker is free.
  absl::Status Run(size_t request_bytes, std::function<void()> work,
                   WaitsFor waits = WaitsFor::kNothing);
  // Reads the request, has it answered and writes the answer, unless nobody waits for it any more.
  // `method` null: UNIMPLEMENTED. Other errors: those of the three steps, CANCELLED and
  // DEADLINE_EXCEEDED.
  absl::Status Answer(
      const UnaryMethod* method,
      const std::function<absl::Status(google::protobuf::Message& request)>& read,
      const std::function<absl::Status(const google::protobuf::Message& response)>& write) const;
  void CountResponse(size_t bytes) { response_bytes_ += bytes; }
  // Counts what was found out since the last time: a stream may last for hours.
  void CountArticles();
  // Counts the call and writes its log line.
  void Close(const absl::Status& status);

 private:
  CallEnvironment& environment_;
  const google::protobuf::MethodDescriptor& method_;
  const Caller caller_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  CallRecord record_;     // of the whole call, but for what CountArticles() has not seen yet,
  CallRecord uncounted_;  // which is here
  CallContext context_;
  size_t request_bytes_ = 0;
  size_t response_bytes_ = 0;
  const bool before_drain_;
  std::optional<Admitted> admitted_;  // empty until Admit() said OK
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_API_CALL_H_
