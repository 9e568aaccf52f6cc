// For tests: a server on a free port, and its log.
#ifndef RUBRICATOR_SERVER_RUNNING_SERVER_H_
#define RUBRICATOR_SERVER_RUNNING_SERVER_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/base_sink.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "nlohmann/json.hpp"
#include "server/server.h"

namespace rubricator {

// Waits for what other threads do; false after half a minute.
inline bool WaitUntil(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

// Keeps log lines.
class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  // The lines with this event so far.
  std::vector<nlohmann::json> Lines(const std::string& event) {
    const std::lock_guard lock(mutex_);
    std::vector<nlohmann::json> found;
    for (const nlohmann::json& line : lines_) {
      if (line["event"] == event) found.push_back(line);
    }
    return found;
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    lines_.push_back(
        nlohmann::json::parse(std::string_view(message.payload.data(), message.payload.size())));
  }
  void flush_() override {}

  std::vector<nlohmann::json> lines_;
};

// Started with the bundle that ships, on a free port of the loopback.
class RunningServer {
 public:
  static server::Config DefaultConfig() {
    server::Config config;
    config.set_listen("127.0.0.1:0");
    config.mutable_http()->set_listen("127.0.0.1:0");
    config.set_model_dir(std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "models/default");
    // Not made before a test keeps something there.
    config.set_data_dir(std::filesystem::path(testing::TempDir()) /
                        testing::UnitTest::GetInstance()->current_test_info()->name());
    return config;
  }

  explicit RunningServer(const server::Config& config = DefaultConfig(), bool with_model = true) {
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(config, log_);
    EXPECT_TRUE(server.ok()) << server.status();
    if (!server.ok()) return;
    server_ = *std::move(server);
    if (with_model) {
      const absl::Status loaded = server_->LoadModel();
      EXPECT_TRUE(loaded.ok()) << loaded;
    }
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  }

  Server& server() { return *server_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  // The lines of calls, once there are `count`.
  std::vector<nlohmann::json> CallLines(size_t count) {
    EXPECT_TRUE(WaitUntil([&] { return sink_->Lines("call").size() >= count; }));
    return sink_->Lines("call");
  }
  LineSink& log_lines() { return *sink_; }

 private:
  std::shared_ptr<LineSink> sink_ = std::make_shared<LineSink>();
  JsonLog log_{server::INFO, sink_};
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_RUNNING_SERVER_H_
