#include "server/http/json_request.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "classifier/absl_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"
#include "routing/suggestion.h"
#include "service/field_error.h"
#include "service/utf8_prefix.h"

namespace rubricator {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kMaxNameBytes = 64;  // of a field that the caller made up
constexpr std::string_view kNoSuchField = ": Cannot find field.";
constexpr std::string_view kNoArray = ": Proto field is not repeating, cannot start list.";
constexpr std::string_view kObjectForScalar =
    "): invalid value Starting an object on a scalar field for type ";

// Takes all events and keeps only where the JSON breaks.
struct FirstError : nlohmann::json_sax<nlohmann::json> {
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(size_t position, const std::string&, const nlohmann::json::exception&) override {
    offset = position == 0 ? 0 : position - 1;
    return false;
  }
  size_t offset = 0;
};

// A field's path in protobuf's message, and what it names.
struct Place {
  std::string path;  // "articles[1].title"
  const Descriptor* parent = nullptr;
  const FieldDescriptor* field = nullptr;  // null: the parent has none of that name
};

Place FindPlace(const Descriptor& type, std::string path) {
  Place place{.path = std::move(path), .parent = &type};
  for (const absl::string_view part : absl::StrSplit(AsAbsl(place.path), '.')) {
    if (place.field != nullptr) place.parent = place.field->message_type();
    if (place.parent == nullptr) break;
    const std::string name(part.substr(0, part.find('[')));
    place.field = place.parent->FindFieldByCamelcaseName(name);
    if (place.field == nullptr) place.field = place.parent->FindFieldByName(name);
    if (place.field == nullptr) break;
  }
  return place;
}

std::string Expected(const FieldDescriptor& field) {
  if (field.is_repeated()) return "is to be an array";
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return field.message_type()->full_name() == "google.protobuf.Timestamp"
                 ? "is no time as RFC 3339 writes it"
                 : "is to be an object";
    case FieldDescriptor::CPPTYPE_STRING:
      return "is to be a string";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "is to be true or false";
    case FieldDescriptor::CPPTYPE_ENUM: {
      std::vector<std::string> names;
      for (int i = 0; i < field.enum_type()->value_count(); ++i) {
        names.push_back(field.enum_type()->value(i)->name());
      }
      return "is none of " + absl::StrJoin(names, ", ");
    }
    default:
      return "is no number in range";
  }
}

absl::Status NoSuchField(const Place& place) {
  std::vector<std::string_view> known;
  for (int i = 0; place.parent != nullptr && i < place.parent->field_count(); ++i) {
    known.push_back(place.parent->field(i)->json_name());
  }
  const std::string name = place.path.substr(place.path.rfind('.') + 1);
  return FieldError(place.path, absl::StrCat("there is no such field", DidYouMean(name, known)));
}

// The path in "(article) titel: Cannot find field.", "(article.title): invalid value 5 …" and
// "titel: Cannot find field."; what follows may quote the text. Empty for any other message.
std::string PathIn(std::string_view message) {
  const bool of_name = message.ends_with(kNoSuchField) || message.ends_with(kNoArray);
  const size_t close = message.starts_with("(") ? message.find(')') : std::string_view::npos;
  std::string path(close == std::string_view::npos ? "" : message.substr(1, close - 1));
  std::string_view name;
  if (of_name) {
    const size_t begin = close == std::string_view::npos ? 0 : close + 2;
    name = message.substr(begin, message.rfind(": ") - begin);
  } else if (close != std::string_view::npos &&
             message.substr(close).starts_with(kObjectForScalar)) {
    name = message.substr(close + kObjectForScalar.size());
  }
  if (!name.empty()) {
    absl::StrAppend(&path, path.empty() ? "" : ".", AsAbsl(Utf8Prefix(name, kMaxNameBytes)));
  }
  return path;
}

// OK when protobuf's message names no field.
absl::Status FieldFault(std::string_view message, const Descriptor& type) {
  std::string path = PathIn(message);
  if (path.empty()) return absl::OkStatus();
  const Place place = FindPlace(type, std::move(path));
  if (message.ends_with(kNoSuchField)) return NoSuchField(place);
  return place.field == nullptr ? absl::OkStatus() : FieldError(place.path, Expected(*place.field));
}

absl::Status SyntaxFault(const std::string& json, const Descriptor& type) {
  FirstError error;
  if (nlohmann::json::sax_parse(json, &error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the body is no JSON object of ", type.full_name()));
  }
  const std::string_view before = std::string_view(json).substr(0, error.offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::string_view in_line = before.substr(before.rfind('\n') + 1);
  // In characters, as editors count.
  const auto column = 1 + std::count_if(in_line.begin(), in_line.end(), [](char byte) {
                        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
                      });
  return absl::InvalidArgumentError(
      error.offset >= json.size()
          ? absl::StrCat("the body is no JSON: it ends early, in line ", line)
          : absl::StrCat("the body is no JSON near line ", line, ", column ", column));
}

}  // namespace

absl::Status ReadJson(const std::string& json, UnknownFields unknown_fields,
                      google::protobuf::Message& message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = unknown_fields == UnknownFields::kIgnore;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &message, options);
  if (parsed.ok()) return absl::OkStatus();
  const Descriptor& type = *message.GetDescriptor();
  const std::string_view why(parsed.message().data(), parsed.message().size());
  const absl::Status field_fault = FieldFault(why, type);
  return field_fault.ok() ? SyntaxFault(json, type) : field_fault;
}

}  // namespace rubricator
