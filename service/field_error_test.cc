#include "service/field_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "google/rpc/error_details.pb.h"

namespace rubricator {
namespace {

using google::rpc::BadRequest;

BadRequest DetailsOf(const absl::Status& status) {
  BadRequest details;
  const auto payload = status.GetPayload(kBadRequestTypeUrl);
  if (payload.has_value()) {
    EXPECT_TRUE(details.ParseFromString(std::string(*payload)));
  }
  return details;
}

TEST(FieldErrorTest, NamesTheFieldInMessageAndDetails) {
  const absl::Status status = FieldError("article.id", "is 300 bytes; limit is 256");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "article.id: is 300 bytes; limit is 256");
  const BadRequest details = DetailsOf(status);
  ASSERT_EQ(details.field_violations_size(), 1);
  EXPECT_EQ(details.field_violations(0).field(), "article.id");
  EXPECT_EQ(details.field_violations(0).description(), "is 300 bytes; limit is 256");
}

TEST(FieldErrorTest, CutsADescriptionThatTrailersCannotCarry) {
  std::string description(1023, 'x');
  description.append("я");
  const absl::Status status = FieldError("rules_yaml", description);
  EXPECT_EQ(std::string(status.message()), "rules_yaml: " + std::string(1023, 'x'));
  EXPECT_EQ(DetailsOf(status).field_violations(0).description(), std::string(1023, 'x'));
}

TEST(FieldErrorTest, GivesDetailsToAMessageThatOpensWithAFieldPath) {
  struct Case {
    const char* name;
    absl::Status status;
    const char* want_field;  // empty: no details
  };
  const Case cases[] = {
      {"field", absl::InvalidArgumentError("article.body: is blank"), "article.body"},
      {"index", absl::InvalidArgumentError("articles[3].body: is blank"), "articles[3].body"},
      {"sentence", absl::InvalidArgumentError("No field: here"), ""},
      {"no colon", absl::InvalidArgumentError("article.body is blank"), ""},
      {"empty path", absl::InvalidArgumentError(": is blank"), ""},
      {"other code", absl::NotFoundError("article.body: is blank"), ""},
      {"OK", absl::OkStatus(), ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const absl::Status got = WithFieldDetails(c.status);
    EXPECT_EQ(got.code(), c.status.code());
    EXPECT_EQ(got.message(), c.status.message());
    const BadRequest details = DetailsOf(got);
    if (std::string(c.want_field).empty()) {
      EXPECT_EQ(details.field_violations_size(), 0);
    } else {
      ASSERT_EQ(details.field_violations_size(), 1);
      EXPECT_EQ(details.field_violations(0).field(), c.want_field);
    }
  }
}

TEST(FieldErrorTest, KeepsDetailsThatAreThere) {
  const absl::Status status = FieldError("options.max_evidence", "51; range is 1 to 50");
  EXPECT_EQ(WithFieldDetails(status), status);
}

TEST(FieldErrorTest, BecomesARpcStatusWithTheSameDetail) {
  const google::rpc::Status got = ToRpcStatus(FieldError("article", "is missing"));
  EXPECT_EQ(got.code(), 3);
  EXPECT_EQ(got.message(), "article: is missing");
  ASSERT_EQ(got.details_size(), 1);
  EXPECT_EQ(got.details(0).type_url(), kBadRequestTypeUrl);
  BadRequest details;
  ASSERT_TRUE(got.details(0).UnpackTo(&details));
  EXPECT_EQ(details.field_violations(0).field(), "article");
}

}  // namespace
}  // namespace rubricator
