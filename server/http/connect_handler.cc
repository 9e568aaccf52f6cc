#include "server/http/connect_handler.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "server/api_call.h"
#include "server/http/connect_error.h"
#include "server/http/json_request.h"
#include "server/http/unary_protocol.h"
#include "service/request_reading.h"
#include "service/utf8_prefix.h"

namespace rubricator {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr size_t kMaxQuotedBytes = 256;

// "rubricator.v1.ModelService.GetModel" of "/rubricator.v1.ModelService/GetModel?x=y".
std::string FullName(std::string_view target) {
  std::string name(target.substr(1, target.find('?') - 1));
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

// What is wrong before there is a protocol to say it in. The protocols' clients go by HTTP's
// status.
HttpResponse Plain(http::status status, const std::string& why) {
  return TextResponse(status, "text/plain; charset=utf-8", why + "\n");
}

HttpResponse NoSuchMethod(const std::string& full_name) {
  return Plain(
      http::status::not_found,
      absl::StrCat("the API has no method ", AsAbsl(Utf8Prefix(full_name, kMaxQuotedBytes))));
}

HttpResponse StreamsAreGrpcOnly(const std::string& full_name) {
  return ConnectError(
      absl::UnimplementedError(absl::StrCat(full_name, " is a stream, which only gRPC carries")));
}

HttpResponse WrongVerb() {
  HttpResponse response = Plain(http::status::method_not_allowed, "a call is made by POST");
  response.set(http::field::allow, "POST");
  return response;
}

HttpResponse WrongContentType() {
  HttpResponse response =
      Plain(http::status::unsupported_media_type,
            absl::StrCat("Content-Type is to be one of ", AsAbsl(kUnaryContentTypes)));
  response.set("Accept-Post", AsBeast(kUnaryContentTypes));
  return response;
}

CallContext ContextOf(const HttpExchange& exchange, const UnaryHeaders& headers) {
  CallContext context;
  if (headers.timeout.has_value()) {
    context.deadline = std::chrono::steady_clock::now() +
                       std::chrono::ceil<std::chrono::steady_clock::duration>(*headers.timeout);
  }
  context.cancelled = exchange.caller_is_gone;
  return context;
}

Caller CallerOf(const HttpExchange& exchange) {
  return {.transport = Transport::kHttp,
          .peer_kind = exchange.peer.kind,
          .address = exchange.peer.address,
          .authorization = std::string(AsStd(exchange.request[http::field::authorization]))};
}

// One call from its request to its response.
class UnaryHttpCall : public std::enable_shared_from_this<UnaryHttpCall> {
 public:
  UnaryHttpCall(CallEnvironment& environment, const UnaryMethod& method, UnaryForm form,
                const UnaryHeaders& headers, size_t max_message_bytes, HttpExchange exchange)
      : method_(method),
        form_(form),
        headers_(headers),
        max_message_bytes_(max_message_bytes),
        exchange_(std::move(exchange)),
        call_(environment, *method.descriptor, CallerOf(exchange_), ContextOf(exchange_, headers)) {
  }

  void Start() {
    absl::Status status = call_.Admit();
    if (status.ok()) {
      status = call_.Run(
          exchange_.request.body().size(),
          [self = shared_from_this()] { self->End(self->Answer()); }, method_.waits);
    }
    if (!status.ok()) End(status);
  }

 private:
  absl::Status Answer() {
    return call_.Answer(
        &method_, [this](Message& request) { return Read(request); },
        [this](const Message& response) { return Write(response); });
  }

  absl::Status Read(Message& request) {
    ASSIGN_OR_RETURN(const std::string message,
                     form_.protocol->ReadBody(std::move(exchange_.request.body()), headers_,
                                              max_message_bytes_));
    if (form_.codec == Codec::kJson) {
      return ReadJson(
          message, headers_.from_generated_code ? UnknownFields::kIgnore : UnknownFields::kRefuse,
          request);
    }
    return request.ParseFromString(message) ? absl::OkStatus()
                                            : ExplainParseFailure(message, request);
  }

  absl::Status Write(const Message& response) {
    std::string message;
    const bool written = form_.codec == Codec::kJson
                             ? google::protobuf::util::MessageToJsonString(response, &message).ok()
                             : response.SerializeToString(&message);
    if (!written) return absl::InternalError("the answer cannot be written");
    response_ = form_.protocol->Success(std::move(message), form_.codec);
    return absl::OkStatus();
  }

  void End(const absl::Status& status) {
    if (!status.ok()) response_ = form_.protocol->Failure(status, form_.codec);
    call_.CountResponse(response_.body().size());
    call_.Close(status);
    // The call is open until its answer is on the wire.
    exchange_.respond(std::move(response_), [self = shared_from_this()] {});
  }

  const UnaryMethod& method_;
  const UnaryForm form_;
  const UnaryHeaders headers_;
  const size_t max_message_bytes_;
  HttpExchange exchange_;
  HttpResponse response_;
  ApiCall call_;
};

}  // namespace

bool ConnectHandler::IsCall(std::string_view path) {
  return std::count(path.begin(), path.end(), '/') == 2 && path.find('.') < path.rfind('/');
}

void ConnectHandler::Refuse(HttpExchange exchange) {
  const auto form = UnaryFormOf(AsStd(exchange.request[http::field::content_type]));
  exchange.respond(form.has_value() ? form->protocol->Failure(exchange.unread, form->codec)
                                    : ConnectError(exchange.unread),
                   {});
}

void ConnectHandler::Answer(HttpExchange exchange) const {
  const HttpRequest& request = exchange.request;
  const std::string full_name = FullName(AsStd(request.target()));
  const UnaryMethod* method = methods_.Find(full_name);
  if (method == nullptr) {
    const MethodDescriptor* known =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(full_name);
    const bool stream =
        known != nullptr && (known->client_streaming() || known->server_streaming());
    return exchange.respond(stream ? StreamsAreGrpcOnly(full_name) : NoSuchMethod(full_name), {});
  }
  if (request.method() != http::verb::post) return exchange.respond(WrongVerb(), {});
  const std::optional<UnaryForm> form = UnaryFormOf(AsStd(request[http::field::content_type]));
  if (!form.has_value()) return exchange.respond(WrongContentType(), {});
  const absl::StatusOr<UnaryHeaders> headers = form->protocol->ReadHeaders(request);
  if (!headers.ok()) {
    return exchange.respond(form->protocol->Failure(headers.status(), form->codec), {});
  }
  std::make_shared<UnaryHttpCall>(environment_, *method, *form, *headers, max_message_bytes_,
                                  std::move(exchange))
      ->Start();
}

}  // namespace rubricator
