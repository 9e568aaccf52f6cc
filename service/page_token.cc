#include "service/page_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/sha256.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

constexpr size_t kCheckDigits = 12;
constexpr size_t kMaxTokenBytes = 256;

std::string CheckDigits(std::string_view list, std::string_view position) {
  return Sha256Hex(absl::StrCat("page ", AsAbsl(list), " ", AsAbsl(position)))
      .substr(0, kCheckDigits);
}

}  // namespace

std::string WritePageToken(std::string_view list, std::string_view position) {
  return absl::WebSafeBase64Escape(absl::StrCat(CheckDigits(list, position), AsAbsl(position)));
}

absl::StatusOr<std::string> ReadPageToken(std::string_view list, const std::string& token) {
  std::string plain;
  if (token.size() <= kMaxTokenBytes && absl::WebSafeBase64Unescape(token, &plain) &&
      plain.size() >= kCheckDigits) {
    const std::string position = plain.substr(kCheckDigits);
    if (WritePageToken(list, position) == token) return position;
  }
  return FieldError("page_token", "was not given by this server");
}

}  // namespace rubricator
