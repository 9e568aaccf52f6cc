// How many calls the server takes on, in all and from each caller.
#ifndef RUBRICATOR_SERVER_ACCESS_ADMISSION_H_
#define RUBRICATOR_SERVER_ACCESS_ADMISSION_H_

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/statusor.h"

namespace rubricator {

struct AdmissionLimits {
  size_t calls = 0;               // unary calls open at once, of all callers
  size_t streams = 0;             // open streams, of all callers
  size_t calls_per_caller = 0;    // calls and streams open at once, of one caller
  double calls_per_second = 0;    // of one caller, on average; 0: any
  size_t burst = 0;               // calls of one caller at once after a pause
  size_t callers_remembered = 0;  // those with an open call come on top
};

enum class CallKind { kUnary, kStream };

// Keeps a little of each caller: how many of its calls are open, and a bucket that fills by
// calls_per_second up to `burst` and gives one for each call. When there are too many callers, the
// one is forgotten that has no open call and called longest ago. Thread-safe.
class Admission {
  struct Caller;

 public:
  using Clock = std::chrono::steady_clock;

  // One call that was taken on, until it is destroyed.
  class Permit {
   public:
    Permit(Permit&& other) noexcept;
    Permit& operator=(Permit&&) = delete;
    ~Permit();

   private:
    friend class Admission;
    Permit(Admission& admission, CallKind kind, Caller& caller)
        : admission_(&admission), kind_(kind), caller_(&caller) {}

    Admission* admission_;  // null: moved from
    CallKind kind_;
    Caller* caller_;
  };

  explicit Admission(const AdmissionLimits& limits) : limits_(limits) {}

  // Takes a call on. `caller`: a token's name or an address. Errors: RESOURCE_EXHAUSTED with the
  // limit that is reached and a delay, as Overloaded() has it.
  absl::StatusOr<Permit> Enter(const std::string& caller, CallKind kind, Clock::time_point now);

  // Callers that are remembered.
  size_t CallerCount() const;

 private:
  struct Caller {
    std::string name;
    size_t open = 0;
    double bucket = 0;
    Clock::time_point filled;
  };
  using Callers = std::list<Caller>;  // the one that called last is first

  Caller& Remember(const std::string& name, Clock::time_point now);
  void ForgetOldest();
  void Leave(CallKind kind, Caller& caller);

  const AdmissionLimits limits_;
  mutable std::mutex mutex_;
  Callers callers_;
  std::unordered_map<std::string, Callers::iterator> by_name_;
  size_t calls_ = 0;
  size_t streams_ = 0;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_ACCESS_ADMISSION_H_
