#include "server/api_service.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>

#include "absl/strings/str_cat.h"
#include "server/correction_stream_call.h"
#include "server/stream_call.h"
#include "server/unary_call.h"

namespace rubricator {
namespace {

using grpc::ByteBuffer;
using grpc::internal::RpcMethod;

constexpr char kArticleStream[] = "rubricator.v1.ClassificationService.StreamClassifyArticles";
constexpr char kCorrectionStream[] = "rubricator.v1.CorrectionService.StreamCorrections";

}  // namespace

ApiService::ApiService(const google::protobuf::ServiceDescriptor& descriptor,
                       CallEnvironment& environment) {
  for (int i = 0; i < descriptor.method_count(); ++i) {
    const google::protobuf::MethodDescriptor& method = *descriptor.method(i);
    paths_.push_back(absl::StrCat("/", descriptor.full_name(), "/", method.name()));
    if (method.full_name() == kArticleStream) {
      AddArticleStream(i, method, environment);
    } else if (method.full_name() == kCorrectionStream) {
      AddCorrectionStream(i, method, environment);
    } else {
      AddUnary(i, method, environment);
    }
  }
}

void ApiService::AddUnary(int index, const google::protobuf::MethodDescriptor& method,
                          CallEnvironment& environment) {
  AddMethod(
      new grpc::internal::RpcServiceMethod(paths_.back().c_str(), RpcMethod::NORMAL_RPC, nullptr));
  const auto begin = [&method, &environment](grpc::CallbackServerContext* context,
                                             const ByteBuffer* request, ByteBuffer* response) {
    return UnaryCall::Begin(environment, method, *context, *request, *response);
  };
  MarkMethodRawCallback(index,
                        new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(begin));
}

void ApiService::AddArticleStream(int index, const google::protobuf::MethodDescriptor& method,
                                  CallEnvironment& environment) {
  AddMethod(new grpc::internal::RpcServiceMethod(paths_.back().c_str(), RpcMethod::BIDI_STREAMING,
                                                 nullptr));
  const auto begin = [&method, &environment](grpc::CallbackServerContext* context) {
    return StreamCall::Begin(environment, method, *context);
  };
  MarkMethodRawCallback(index,
                        new grpc::internal::CallbackBidiHandler<ByteBuffer, ByteBuffer>(begin));
}

void ApiService::AddCorrectionStream(int index, const google::protobuf::MethodDescriptor& method,
                                     CallEnvironment& environment) {
  AddMethod(new grpc::internal::RpcServiceMethod(paths_.back().c_str(), RpcMethod::SERVER_STREAMING,
                                                 nullptr));
  const auto begin = [&method, &environment](grpc::CallbackServerContext* context,
                                             const ByteBuffer* request) {
    return CorrectionStreamCall::Begin(environment, method, *context, *request);
  };
  MarkMethodRawCallback(
      index, new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(begin));
}

}  // namespace rubricator
