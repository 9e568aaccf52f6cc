#include "plugin/cpp/target.h"

#include "gtest/gtest.h"

namespace rubricator {
namespace {

TEST(ParseTargetTest, ReadsRemoteTargets) {
  struct Case {
    std::string_view text, address;
    bool is_local;
  };
  for (const Case& c :
       {Case{"news.example:50051", "dns:///news.example:50051", false},
        Case{"127.0.0.1:50051", "dns:///127.0.0.1:50051", true},
        Case{"localhost:1", "dns:///localhost:1", true},
        Case{"localhost.evil.example:1", "dns:///localhost.evil.example:1", false},
        Case{"127.evil.example:1", "dns:///127.evil.example:1", false},
        Case{"[::1]:65535", "dns:///[::1]:65535", true},
        Case{"[2001:db8::1]:1", "dns:///[2001:db8::1]:1", false},
        Case{"dns:///host:50051", "dns:///host:50051", false},
        Case{"dns://127.0.0.1:53/host:50051", "dns://127.0.0.1:53/host:50051", false},
        Case{"ipv4:127.0.0.1:50051", "ipv4:127.0.0.1:50051", true},
        Case{"ipv4:127.0.0.1:1,10.0.0.1:1", "ipv4:127.0.0.1:1,10.0.0.1:1", false},
        Case{"unix:/run/rubricator.sock", "unix:/run/rubricator.sock", true},
        Case{"unix:///run/r.sock", "unix:///run/r.sock", true}}) {
    SCOPED_TRACE(c.text);
    const auto target = ParseTarget(c.text);
    ASSERT_TRUE(target.ok()) << target.status();
    EXPECT_EQ(target->kind, Target::Kind::kRemote);
    EXPECT_EQ(target->address, c.address);
    EXPECT_EQ(target->is_local, c.is_local);
  }
}

TEST(ParseTargetTest, ReadsEmbeddedTargets) {
  const auto plain = ParseTarget("embedded:models/default");
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ(plain->kind, Target::Kind::kEmbedded);
  EXPECT_EQ(plain->bundle, "models/default");
  EXPECT_EQ(plain->routing_file, "");

  const auto routed = ParseTarget("embedded:/srv/my models?routing=/etc/desks.yaml");
  ASSERT_TRUE(routed.ok()) << routed.status();
  EXPECT_EQ(routed->bundle, "/srv/my models");
  EXPECT_EQ(routed->routing_file, "/etc/desks.yaml");
}

TEST(ParseTargetTest, RefusesAnyOtherForm) {
  for (const std::string_view text :
       {"", "host", "host:", ":50051", "host:0", "host:65536", "host:50051x", "http://host:50051",
        "host:50051/path", "a b:1", "[]:1", "dns:", "unix:", "embedded:", "embedded:?routing=x",
        "embedded:dir?routing=", "embedded:dir?rules=x"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(ParseTarget(text).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace rubricator
