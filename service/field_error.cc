#include "service/field_error.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "google/rpc/error_details.pb.h"
#include "service/utf8_prefix.h"

namespace rubricator {
namespace {

std::string_view AsStd(absl::string_view text) { return {text.data(), text.size()}; }

bool IsFieldPathCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::islower(byte) != 0 || std::isdigit(byte) != 0 || c == '_' || c == '.' || c == '[' ||
         c == ']';
}

void AddViolation(std::string_view field, std::string_view description, absl::Status& status) {
  google::rpc::BadRequest bad_request;
  google::rpc::BadRequest::FieldViolation& violation = *bad_request.add_field_violations();
  violation.set_field(field.data(), field.size());
  violation.set_description(description.data(), description.size());
  status.SetPayload(kBadRequestTypeUrl, absl::Cord(bad_request.SerializeAsString()));
}

}  // namespace

absl::Status FieldError(std::string_view field, std::string_view description) {
  description = Utf8Prefix(description, kMaxDescriptionBytes);
  absl::Status status =
      absl::InvalidArgumentError(absl::StrCat(AsAbsl(field), ": ", AsAbsl(description)));
  AddViolation(field, description, status);
  return status;
}

absl::Status WithinField(std::string_view parent, const absl::Status& status) {
  google::rpc::BadRequest details;
  const auto payload = status.GetPayload(kBadRequestTypeUrl);
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload)) ||
      details.field_violations_size() != 1) {
    return status;
  }
  const google::rpc::BadRequest::FieldViolation& violation = details.field_violations(0);
  return FieldError(absl::StrCat(AsAbsl(parent), ".", violation.field()), violation.description());
}

absl::Status WithFieldDetails(absl::Status status) {
  if (!absl::IsInvalidArgument(status)) return status;
  if (status.GetPayload(kBadRequestTypeUrl).has_value()) return status;
  const std::string message(AsStd(status.message()));
  const size_t colon = message.find(": ");
  if (colon == 0 || colon == std::string::npos) return status;
  const std::string_view field = std::string_view(message).substr(0, colon);
  if (!std::all_of(field.begin(), field.end(), IsFieldPathCharacter)) return status;
  AddViolation(field, std::string_view(message).substr(colon + 2), status);
  return status;
}

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status rpc_status;
  rpc_status.set_code(static_cast<int>(status.code()));
  rpc_status.set_message(std::string(AsStd(status.message())));
  status.ForEachPayload([&](absl::string_view type_url, const absl::Cord& payload) {
    google::protobuf::Any& detail = *rpc_status.add_details();
    detail.set_type_url(std::string(AsStd(type_url)));
    detail.set_value(std::string(payload));
  });
  std::sort(rpc_status.mutable_details()->begin(), rpc_status.mutable_details()->end(),
            [](const auto& a, const auto& b) { return a.type_url() < b.type_url(); });
  return rpc_status;
}

}  // namespace rubricator
