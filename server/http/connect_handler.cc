#include "server/http/connect_handler.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "server/api_call.h"
#include "server/http/connect_error.h"
#include "server/http/connect_request.h"
#include "server/http/gzip.h"
#include "server/http/json_request.h"
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

HttpResponse NoSuchMethod(const std::string& full_name) {
  return ConnectError(
      absl::UnimplementedError(
          absl::StrCat("the API has no method ", AsAbsl(Utf8Prefix(full_name, kMaxQuotedBytes)))),
      http::status::not_found);
}

HttpResponse StreamsAreGrpcOnly(const std::string& full_name) {
  return ConnectError(
      absl::UnimplementedError(absl::StrCat(full_name, " is a stream, which only gRPC carries")));
}

HttpResponse WrongVerb() {
  HttpResponse response = ConnectError(absl::UnimplementedError("a call is made by POST"),
                                       http::status::method_not_allowed);
  response.set(http::field::allow, "POST");
  return response;
}

HttpResponse WrongContentType() {
  HttpResponse response =
      ConnectError(absl::InvalidArgumentError(
                       absl::StrCat("Content-Type is to be one of ", AsAbsl(kConnectContentTypes))),
                   http::status::unsupported_media_type);
  response.set("Accept-Post", AsBeast(kConnectContentTypes));
  return response;
}

CallContext ContextOf(const HttpExchange& exchange, const ConnectHeaders& headers) {
  CallContext context;
  if (headers.timeout.has_value()) context.deadline = context.now + *headers.timeout;
  context.cancelled = exchange.caller_is_gone;
  return context;
}

Caller CallerOf(const HttpExchange& exchange) {
  return {.transport = "http",
          .peer_kind = exchange.peer.kind,
          .address = exchange.peer.address,
          .authorization = std::string(AsStd(exchange.request[http::field::authorization]))};
}

// One call from its request to its response.
class ConnectCall : public std::enable_shared_from_this<ConnectCall> {
 public:
  ConnectCall(CallEnvironment& environment, const UnaryMethod& method, Codec codec,
              const ConnectHeaders& headers, size_t max_message_bytes, HttpExchange exchange)
      : method_(method),
        codec_(codec),
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
    std::string& body = exchange_.request.body();
    if (headers_.is_gzip && !body.empty()) {
      ASSIGN_OR_RETURN(body, Gunzip(body, max_message_bytes_));
    }
    if (codec_ == Codec::kJson) {
      return ReadJson(
          body, headers_.has_protocol_version ? UnknownFields::kIgnore : UnknownFields::kRefuse,
          request);
    }
    return request.ParseFromString(body) ? absl::OkStatus() : ExplainParseFailure(body, request);
  }

  absl::Status Write(const Message& response) {
    response_ = TextResponse(http::status::ok, ContentType(codec_), "");
    const bool written =
        codec_ == Codec::kJson
            ? google::protobuf::util::MessageToJsonString(response, &response_.body()).ok()
            : response.SerializeToString(&response_.body());
    return written ? absl::OkStatus() : absl::InternalError("the answer cannot be written");
  }

  void End(const absl::Status& status) {
    if (!status.ok()) response_ = ConnectError(status);
    call_.CountResponse(response_.body().size());
    call_.Close(status);
    // The call is open until its answer is on the wire.
    exchange_.respond(std::move(response_), [self = shared_from_this()] {});
  }

  const UnaryMethod& method_;
  const Codec codec_;
  const ConnectHeaders headers_;
  const size_t max_message_bytes_;
  HttpExchange exchange_;
  HttpResponse response_;
  ApiCall call_;
};

}  // namespace

bool ConnectHandler::IsCall(std::string_view path) {
  return std::count(path.begin(), path.end(), '/') == 2 && path.find('.') < path.rfind('/');
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
  const std::optional<Codec> codec = CodecOf(AsStd(request[http::field::content_type]));
  if (!codec.has_value()) return exchange.respond(WrongContentType(), {});
  const absl::StatusOr<ConnectHeaders> headers = ReadConnectHeaders(request);
  if (!headers.ok()) {
    HttpResponse response = ConnectError(headers.status());
    response.set(http::field::accept_encoding, "gzip, identity");
    return exchange.respond(std::move(response), {});
  }
  std::make_shared<ConnectCall>(environment_, *method, *codec, *headers, max_message_bytes_,
                                std::move(exchange))
      ->Start();
}

}  // namespace rubricator
