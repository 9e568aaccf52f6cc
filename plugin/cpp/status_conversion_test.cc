#include "plugin/cpp/status_conversion.h"

#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

TEST(StatusConversionTest, KeepsCodeMessageAndDetails) {
  const absl::Status sent = FieldError("article.body", "is 2 bytes; limit is 1");
  const grpc::Status wire(grpc::StatusCode::INVALID_ARGUMENT, std::string(sent.message()),
                          ToRpcStatus(sent).SerializeAsString());
  const absl::Status received = FromGrpcStatus(wire);
  EXPECT_EQ(received, sent);
  EXPECT_EQ(FieldOf(received), "article.body");
  EXPECT_EQ(FromRpcStatus(ToRpcStatus(sent)), sent);
}

TEST(StatusConversionTest, GivesOkForOk) {
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
  EXPECT_TRUE(FromRpcStatus({}).ok());
}

TEST(StatusConversionTest, DropsDetailsThatDoNotParse) {
  const absl::Status status =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::INTERNAL, "broken", "\xFF\xFF"));
  EXPECT_EQ(status, absl::InternalError("broken"));
  EXPECT_EQ(FieldOf(status), "");
}

TEST(StatusConversionTest, TakesACodeOfNoMeaningAsUnknown) {
  google::rpc::Status wire;
  wire.set_code(99);
  EXPECT_EQ(FromRpcStatus(wire).code(), absl::StatusCode::kUnknown);
  wire.set_code(-1);
  EXPECT_EQ(FromRpcStatus(wire).code(), absl::StatusCode::kUnknown);
}

}  // namespace
}  // namespace rubricator
