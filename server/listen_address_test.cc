#include "server/listen_address.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

using testing::HasSubstr;

TEST(ListenAddressTest, ReadsEachForm) {
  struct Case {
    const char *text, *host;
    int port;
    const char* unix_path;
    bool local;
  };
  const Case cases[] = {{"127.0.0.1:50051", "127.0.0.1", 50051, "", true},
                        {"localhost:0", "localhost", 0, "", true},
                        {"0.0.0.0:65535", "0.0.0.0", 65535, "", false},
                        {"[::1]:80", "::1", 80, "", true},
                        {"[::]:80", "::", 80, "", false},
                        {"news.example:443", "news.example", 443, "", false},
                        {"unix:/run/r.sock", "", 0, "/run/r.sock", true}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    const auto address = ListenAddress::Parse(c.text);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->host, c.host);
    EXPECT_EQ(address->port, c.port);
    EXPECT_EQ(address->unix_path, c.unix_path);
    EXPECT_EQ(address->IsLocal(), c.local);
  }
}

TEST(ListenAddressTest, RefusesEveryOtherForm) {
  const std::string long_path = "unix:/" + std::string(107, 'x');
  for (const std::string& text :
       {std::string(""), std::string("50051"), std::string(":50051"), std::string("host:"),
        std::string("host:x"), std::string("host:65536"), std::string("host:-1"),
        std::string("::1:80"), std::string("[]:80"), std::string("[host]:80"), std::string("unix:"),
        std::string("unix:relative"), long_path}) {
    SCOPED_TRACE(text);
    const auto address = ListenAddress::Parse(text);
    EXPECT_EQ(address.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(address.status().message()), HasSubstr("listen: '"));
  }
}

TEST(ListenAddressTest, ProbesAPortInUse) {
  const int busy = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(bind(busy, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(listen(busy, 1), 0);
  socklen_t size = sizeof(address);
  getsockname(busy, reinterpret_cast<sockaddr*>(&address), &size);
  const ListenAddress taken{.host = "127.0.0.1", .port = ntohs(address.sin_port), .unix_path = ""};
  const absl::Status status = taken.Probe();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("Address already in use"));
  close(busy);
  EXPECT_TRUE(taken.Probe().ok());
}

TEST(ListenAddressTest, ProbesAnAddressThatIsNotThisMachines) {
  const ListenAddress foreign{.host = "192.0.2.1", .port = 80, .unix_path = ""};  // RFC 5737
  EXPECT_EQ(foreign.Probe().code(), absl::StatusCode::kUnavailable);
}

TEST(ListenAddressTest, ProbesASocketFile) {
  const std::string path = absl::StrCat(testing::TempDir(), "listen_address_test.", getpid());
  unlink(path.c_str());
  const ListenAddress listen_here{.host = "", .port = 0, .unix_path = path};
  EXPECT_TRUE(listen_here.Probe().ok());
  const int busy = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  ASSERT_EQ(bind(busy, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(listen(busy, 1), 0);
  EXPECT_EQ(listen_here.Probe().code(), absl::StatusCode::kUnavailable);
  close(busy);
  EXPECT_TRUE(listen_here.Probe().ok());  // the file of a server that has gone
  const ListenAddress nowhere{.host = "", .port = 0, .unix_path = "/nonexistent/r.sock"};
  EXPECT_EQ(nowhere.Probe().code(), absl::StatusCode::kUnavailable);
  unlink(path.c_str());
}

}  // namespace
}  // namespace rubricator
