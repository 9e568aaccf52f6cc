// What a run of the load generator is to do, and what came of it.
#ifndef RUBRICATOR_TESTS_BENCHMARKS_LOAD_PLAN_H_
#define RUBRICATOR_TESTS_BENCHMARKS_LOAD_PLAN_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/benchmarks/latency_record.h"

namespace rubricator::benchmarks {

struct LoadPlan {
  std::string target;                      // "127.0.0.1:50051"
  std::string method;                      // "/package.Service/Method"
  std::vector<grpc::ByteBuffer> requests;  // sent in turn
  size_t callers = 1;                      // each with a connection of its own
  // Requests a second, sent at fixed times whatever becomes of the answers. 0: each caller sends
  // when it has its answer. Not for streams.
  double rate = 0;
  // From when a request is due; later answers are of no use to the caller. 0: some time after the
  // end. Not for streams.
  std::chrono::nanoseconds deadline{};
  std::chrono::nanoseconds warm_up{};  // not measured
  std::chrono::nanoseconds duration{};
};

struct LoadResult {
  size_t answered = 0;  // messages that came while it was measured
  size_t failed = 0;    // calls
  size_t response_bytes = 0;
  // Of calls that were due while it was measured, from the time they were due: a server that stalls
  // is charged for all that it keeps waiting (no coordinated omission). None of streams.
  LatencyRecord latencies;
};

LoadResult RunUnary(const LoadPlan& plan);

// One stream for each caller, at most `window` requests ahead of the answers.
LoadResult RunStreams(const LoadPlan& plan, size_t window);

// Stubs for the callers of a plan.
std::vector<grpc::GenericStub> Connect(const LoadPlan& plan);

}  // namespace rubricator::benchmarks

#endif  // RUBRICATOR_TESTS_BENCHMARKS_LOAD_PLAN_H_
