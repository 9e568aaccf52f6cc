// Answers inside this process, by the very functions that a server calls.
#ifndef RUBRICATOR_PLUGIN_CPP_EMBEDDED_BACKEND_H_
#define RUBRICATOR_PLUGIN_CPP_EMBEDDED_BACKEND_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "plugin/cpp/backend.h"
#include "service/service.h"

namespace rubricator {

// Thread-safe. Uses no gRPC: may be opened before a fork and used after it.
class EmbeddedBackend final : public Backend {
 public:
  // Errors: those of Snapshot::Load.
  static absl::StatusOr<std::unique_ptr<EmbeddedBackend>> Load(const std::string& bundle,
                                                               const std::string& routing_file);

  absl::Status Call(const google::protobuf::MethodDescriptor& method,
                    const google::protobuf::Message& request, std::chrono::milliseconds timeout,
                    google::protobuf::Message& response) const override;
  // Articles are classified one after the other on this thread; `limits` do not apply.
  absl::Status Stream(const StreamSource& source, const StreamSink& sink,
                      const StreamLimits& limits) const override;

 private:
  EmbeddedBackend() = default;
  Service service_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_EMBEDDED_BACKEND_H_
