// One proto service on gRPC's callback API, by its descriptor: no code for each method.
#ifndef RUBRICATOR_SERVER_API_SERVICE_H_
#define RUBRICATOR_SERVER_API_SERVICE_H_

#include <grpcpp/impl/service_type.h>

#include <deque>
#include <string>

#include "google/protobuf/descriptor.h"
#include "server/call_environment.h"

namespace rubricator {

// Does by hand what generated WithRawCallbackMethod_… classes do. Requests stay bytes until a
// handler's thread parses them, so that one which does not parse is answered INVALID_ARGUMENT,
// where gRPC itself would say INTERNAL. Methods that the environment's service does not have answer
// UNIMPLEMENTED.
class ApiService final : public grpc::Service {
 public:
  // Borrows both.
  ApiService(const google::protobuf::ServiceDescriptor& descriptor, CallEnvironment& environment);

 private:
  void AddUnary(int index, const google::protobuf::MethodDescriptor& method,
                CallEnvironment& environment);
  void AddArticleStream(int index, const google::protobuf::MethodDescriptor& method,
                        CallEnvironment& environment);

  void AddCorrectionStream(int index, const google::protobuf::MethodDescriptor& method,
                           CallEnvironment& environment);

  std::deque<std::string> paths_;  // grpc::Service keeps pointers into these
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_API_SERVICE_H_
