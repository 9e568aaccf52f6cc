#include "service/method_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "service/service.h"

namespace rubricator {
namespace {

using google::protobuf::DescriptorPool;

TEST(MethodTableTest, HoldsEveryUnaryMethodOfTheApi) {
  const Service service;
  for (const char* name :
       {"ClassificationService", "RoutingService", "ModelService", "CorrectionService"}) {
    const auto* api =
        DescriptorPool::generated_pool()->FindServiceByName(std::string("rubricator.v1.") + name);
    ASSERT_NE(api, nullptr) << name;
    for (int i = 0; i < api->method_count(); ++i) {
      const auto& method = *api->method(i);
      const bool unary = !method.client_streaming() && !method.server_streaming();
      EXPECT_EQ(service.methods().Find(method.full_name()) != nullptr, unary) << method.full_name();
    }
  }
}

TEST(MethodTableTest, CallsByNameWithMessagesOfTheMethodsOwnTypes) {
  const Service service;
  const UnaryMethod* method = service.methods().Find("rubricator.v1.ModelService.GetModel");
  ASSERT_NE(method, nullptr);
  const std::unique_ptr<google::protobuf::Message> request(method->RequestPrototype().New());
  const std::unique_ptr<google::protobuf::Message> response(method->ResponsePrototype().New());
  EXPECT_EQ(request->GetTypeName(), "rubricator.v1.GetModelRequest");
  EXPECT_EQ(response->GetTypeName(), "rubricator.v1.GetModelResponse");
  EXPECT_EQ(method->call(*request, CallContext{}, *response).code(),
            absl::StatusCode::kUnavailable);
}

TEST(MethodTableTest, FindsNothingByAnotherName) {
  const Service service;
  EXPECT_EQ(service.methods().Find("rubricator.v1.ModelService.Nothing"), nullptr);
  EXPECT_EQ(service.methods().Find(""), nullptr);
}

TEST(MethodTableDeathTest, RefusesAMethodThatTheApiHasNot) {
  const Service service;
  MethodTable table;
  EXPECT_DEATH(
      table.Add("rubricator.v1.ModelService.Nothing", service.model(), &ModelService::GetModel),
      "added twice, or not with its own types");
  EXPECT_DEATH(
      table.Add("rubricator.v1.ModelService.ListModels", service.model(), &ModelService::GetModel),
      "added twice, or not with its own types");
}

}  // namespace
}  // namespace rubricator
