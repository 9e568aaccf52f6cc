#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>

#include "tests/benchmarks/load_plan.h"

namespace rubricator::benchmarks {

std::vector<grpc::GenericStub> Connect(const LoadPlan& plan) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // or all would share one connection
  arguments.SetMaxReceiveMessageSize(-1);
  std::vector<grpc::GenericStub> stubs;
  for (size_t i = 0; i < plan.callers; ++i) {
    auto channel =
        grpc::CreateCustomChannel(plan.target, grpc::InsecureChannelCredentials(), arguments);
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10))) {
      std::fprintf(stderr, "%s: no connection\n", plan.target.c_str());
      std::exit(1);
    }
    stubs.emplace_back(std::move(channel));
  }
  return stubs;
}

}  // namespace rubricator::benchmarks
