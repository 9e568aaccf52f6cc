#include "corrections/store_location.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rubricator {
namespace {

TEST(StoreLocationTest, TakesAFileOrAUrl) {
  const auto file = StoreLocation::Parse("sqlite:/var/lib/rubricator/corrections.db");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->kind, StoreLocation::Kind::kSqlite);
  EXPECT_EQ(file->file, "/var/lib/rubricator/corrections.db");
  EXPECT_EQ(file->DisplayName(), "/var/lib/rubricator/corrections.db");
  for (const std::string url : {"postgresql://u:geheim@db/news", "postgres://u:geheim@db/news"}) {
    const auto server = StoreLocation::Parse(url);
    ASSERT_TRUE(server.ok()) << server.status();
    EXPECT_EQ(server->kind, StoreLocation::Kind::kPostgresql);
    EXPECT_EQ(server->url, url);
    EXPECT_EQ(server->DisplayName(), "PostgreSQL");
  }
}

TEST(StoreLocationTest, RefusesAnythingElseWithoutQuotingIt) {
  for (const char* bad : {"", "sqlite:", "sqlite:/a\"b", "mysql://u:geheim@db", "/var/geheim"}) {
    const auto location = StoreLocation::Parse(bad);
    EXPECT_EQ(location.status().code(), absl::StatusCode::kInvalidArgument) << bad;
    EXPECT_THAT(std::string(location.status().message()),
                testing::Not(testing::HasSubstr("geheim")));
  }
}

}  // namespace
}  // namespace rubricator
