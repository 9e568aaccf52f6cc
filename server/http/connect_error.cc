#include "server/http/connect_error.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"
#include "server/access/overload.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

using nlohmann::ordered_json;

struct Code {
  std::string_view name;
  unsigned http_status;
};

// By number. https://connectrpc.com/docs/protocol/#error-codes
constexpr std::array<Code, 17> kCodes = {{{"ok", 200},
                                          {"canceled", 499},
                                          {"unknown", 500},
                                          {"invalid_argument", 400},
                                          {"deadline_exceeded", 504},
                                          {"not_found", 404},
                                          {"already_exists", 409},
                                          {"permission_denied", 403},
                                          {"resource_exhausted", 429},
                                          {"failed_precondition", 400},
                                          {"aborted", 409},
                                          {"out_of_range", 400},
                                          {"unimplemented", 501},
                                          {"internal", 500},
                                          {"unavailable", 503},
                                          {"data_loss", 500},
                                          {"unauthenticated", 401}}};

const Code& CodeOf(const absl::Status& status) {
  const auto number = static_cast<size_t>(status.code());
  return kCodes[number < kCodes.size() ? number : static_cast<size_t>(absl::StatusCode::kUnknown)];
}

// Null if the type is not known here.
ordered_json DebugForm(const std::string& type, const std::string& bytes) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  if (descriptor == nullptr) return nullptr;
  const std::unique_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  std::string json;
  if (!message->ParseFromString(bytes) ||
      !google::protobuf::util::MessageToJsonString(*message, &json).ok()) {
    return nullptr;
  }
  return ordered_json::parse(json, nullptr, /*allow_exceptions=*/false);
}

ordered_json DetailJson(const google::protobuf::Any& detail) {
  const std::string type = detail.type_url().substr(detail.type_url().rfind('/') + 1);
  std::string value = absl::Base64Escape(detail.value());
  value.erase(value.find_last_not_of('=') + 1);
  ordered_json json = {{"type", type}, {"value", value}};
  ordered_json debug = DebugForm(type, detail.value());
  if (!debug.is_null() && !debug.is_discarded()) json["debug"] = std::move(debug);
  return json;
}

}  // namespace

HttpResponse ConnectError(const absl::Status& status, http::status http_status) {
  const google::rpc::Status rpc_status = ToRpcStatus(status);
  ordered_json json = {{"code", CodeOf(status).name}};
  if (!rpc_status.message().empty()) json["message"] = rpc_status.message();
  for (const google::protobuf::Any& detail : rpc_status.details()) {
    json["details"].push_back(DetailJson(detail));
  }
  HttpResponse response =
      TextResponse(http_status, "application/json",
                   json.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  if (const auto delay = RetryDelayOf(status)) {  // in whole seconds, so never too early
    response.set(http::field::retry_after,
                 std::to_string(std::chrono::ceil<std::chrono::seconds>(*delay).count()));
  }
  if (absl::IsUnauthenticated(status)) response.set(http::field::www_authenticate, "Bearer");
  return response;
}

HttpResponse ConnectError(const absl::Status& status) {
  const unsigned number = CodeOf(status).http_status;
  HttpResponse response = ConnectError(status, static_cast<http::status>(number));
  if (number == 499) {  // nginx's, which Beast has no words for
    response.result(number);
    response.reason("Client Closed Request");
  }
  return response;
}

}  // namespace rubricator
