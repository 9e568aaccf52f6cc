#include "server/http/gzip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rubricator {
namespace {

constexpr size_t kMany = 1U << 20U;

TEST(GzipTest, UnfoldsWhatItFolded) {
  for (const size_t bytes : {0U, 1U, 16U * 1024U, 16U * 1024U + 1U, 100'000U}) {
    std::string plain(bytes, 'x');
    for (size_t i = 0; i < bytes; i += 7) plain[i] = static_cast<char>(i * i);
    const absl::StatusOr<std::string> again = Gunzip(Gzip(plain), kMany);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(*again, plain);
  }
}

TEST(GzipTest, UnfoldsSeveralMembers) {
  EXPECT_EQ(Gunzip(Gzip("one ") + Gzip("two"), kMany).value(), "one two");
}

TEST(GzipTest, TakesExactlyTheLimit) {
  EXPECT_TRUE(Gunzip(Gzip(std::string(1000, 'x')), 1000).ok());
  const auto more = Gunzip(Gzip(std::string(1001, 'x')), 1000);
  EXPECT_EQ(more.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(more.status().message(), "the body unfolds to more than 1000 bytes");
}

TEST(GzipTest, RefusesWhatIsDamaged) {
  const std::string good = Gzip(std::string(5000, 'x'));
  std::string flipped = good;
  flipped[flipped.size() - 6] ^= 1;  // in the checksum
  for (const std::string& bad :
       {std::string(), std::string("no gzip"), good.substr(0, good.size() - 1), good.substr(0, 5),
        flipped, good + "tail"}) {
    EXPECT_EQ(Gunzip(bad, kMany).status().code(), absl::StatusCode::kInvalidArgument) << bad.size();
  }
}

}  // namespace
}  // namespace rubricator
