#include "service/page_token.h"

#include <gtest/gtest.h>

#include <string>

namespace rubricator {
namespace {

TEST(PageTokenTest, GivesBackThePosition) {
  for (const std::string position : {"", "7", "9223372036854775807", "2026-11-22.1"}) {
    const std::string token = WritePageToken("corrections", position);
    EXPECT_EQ(
        token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        std::string::npos);
    const auto read = ReadPageToken("corrections", token);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, position);
  }
}

TEST(PageTokenTest, RefusesWhatItHasNotMade) {
  const std::string token = WritePageToken("corrections", "100");
  std::string changed = token;
  changed.back() = changed.back() == 'A' ? 'B' : 'A';
  for (const std::string& bad :
       {std::string("100"), std::string("no-such-token"), changed, token + "A", token + "=",
        token.substr(1), std::string(10'000, 'A'), WritePageToken("models", "100")}) {
    EXPECT_EQ(ReadPageToken("corrections", bad).status().code(), absl::StatusCode::kInvalidArgument)
        << bad;
  }
}

}  // namespace
}  // namespace rubricator
