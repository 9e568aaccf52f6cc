#include "plugin/cpp/json_call.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/json_util.h"

namespace rubricator {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

absl::StatusOr<const MethodDescriptor*> FindMethod(std::string_view name) {
  std::string full_name(name.substr(name.starts_with('/') ? 1 : 0));
  if (std::count(full_name.begin(), full_name.end(), '/') == 1) {
    std::replace(full_name.begin(), full_name.end(), '/', '.');
    const MethodDescriptor* method = DescriptorPool::generated_pool()->FindMethodByName(full_name);
    if (method != nullptr && !method->client_streaming() && !method->server_streaming()) {
      return method;
    }
  }
  return absl::UnimplementedError(
      absl::StrCat("\"", AsAbsl(name), "\" is no unary method of the API"));
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(type)->New());
}

}  // namespace

absl::StatusOr<std::string> CallWithJson(const Client& client, std::string_view method_name,
                                         std::string_view request_json,
                                         const CallOptions& options) {
  ASSIGN_OR_RETURN(const MethodDescriptor* method, FindMethod(method_name));
  const std::unique_ptr<Message> request = NewMessage(method->input_type());
  if (!request_json.empty()) {
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(request_json.data(), request_json.size()), request.get());
    if (!parsed.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("request is no JSON of ",
                                                     method->input_type()->full_name(), ": ",
                                                     std::string(parsed.message())));
    }
  }
  const std::unique_ptr<Message> response = NewMessage(method->output_type());
  RETURN_IF_ERROR(client.Call(*method, *request, *response, options));
  return ToJson(*response);
}

std::string ToJson(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails only for an Any of an unknown type, which no message of ours but an error holds; then
  // `json` stays empty.
  const auto written = google::protobuf::util::MessageToJsonString(message, &json, options);
  return written.ok() ? json : "{}";
}

}  // namespace rubricator
