// For tests: a server on a free port, its log, and a client that sends bytes as they are.
#ifndef RUBRICATOR_SERVER_RUNNING_SERVER_H_
#define RUBRICATOR_SERVER_RUNNING_SERVER_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/base_sink.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
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
    config.set_model_dir(std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "models/default");
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

// One call by its path with any bytes for messages; serves unary calls and streams. Each function
// waits for its end. One thread at a time.
class RawCall {
 public:
  RawCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path)
      : stub_(channel), path_(path) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    call_ = stub_.PrepareCall(&context_, path_, &queue_);
    call_->StartCall(this);
    Wait();
  }
  ~RawCall() {
    context_.TryCancel();
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }
  RawCall(const RawCall&) = delete;
  RawCall& operator=(const RawCall&) = delete;

  bool Write(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    call_->Write(grpc::ByteBuffer(&slice, 1), this);
    return Wait();
  }
  void WritesDone() {
    call_->WritesDone(this);
    Wait();
  }
  // The next message; none at the end.
  std::optional<std::string> Read() {
    grpc::ByteBuffer buffer;
    call_->Read(&buffer, this);
    if (!Wait()) return std::nullopt;
    std::vector<grpc::Slice> slices;
    EXPECT_TRUE(buffer.Dump(&slices).ok());
    std::string bytes;
    for (const grpc::Slice& slice : slices) bytes.append(slice.begin(), slice.end());
    return bytes;
  }
  grpc::Status Finish() {
    grpc::Status status;
    call_->Finish(&status, this);
    Wait();
    return status;
  }
  // A whole unary call: the response's bytes, where there is one.
  std::optional<std::string> Ask(const std::string& bytes) {
    Write(bytes);
    WritesDone();
    return Read();
  }
  grpc::ClientContext& context() { return context_; }

 private:
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::CompletionQueue queue_;
  grpc::ClientContext context_;
  grpc::GenericStub stub_;
  std::string path_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_RUNNING_SERVER_H_
