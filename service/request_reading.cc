#include "service/request_reading.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/code_point.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/unknown_field_set.h"
#include "service/field_error.h"

namespace rubricator {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

constexpr char kNotTheMessage[] = "the bytes are no message of type ";

struct BadText {
  std::string field;
  size_t offset;
};

// `index` counts within a repeated field; negative for a single one.
std::string Path(const std::string& parent, const FieldDescriptor& field, int index) {
  std::string path = parent.empty() ? field.name() : absl::StrCat(parent, ".", field.name());
  if (index >= 0) absl::StrAppend(&path, "[", index, "]");
  return path;
}

std::optional<BadText> CheckText(const std::string& path, const std::string& text) {
  size_t offset = 0;
  if (IsValidUtf8(text, &offset)) return std::nullopt;
  return BadText{path, offset};
}

// Reads `bytes` by the wire format alone, and by `type` only what is text and what is a message.
std::optional<BadText> FindBadTextOnWire(const std::string& bytes, const Descriptor& type,
                                         const std::string& parent) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return std::nullopt;
  std::vector<int> seen(type.field_count(), 0);
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& wire = fields.field(i);
    const FieldDescriptor* field = type.FindFieldByNumber(wire.number());
    if (field == nullptr || wire.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    const std::string path =
        Path(parent, *field, field->is_repeated() ? seen[field->index()]++ : -1);
    std::optional<BadText> bad;
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      bad = CheckText(path, wire.length_delimited());
    } else if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
      bad = FindBadTextOnWire(wire.length_delimited(), *field->message_type(), path);
    }
    if (bad.has_value()) return bad;
  }
  return std::nullopt;
}

std::optional<BadText> FindBadText(const Message& message, const std::string& parent) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  std::string scratch;
  for (const FieldDescriptor* field : fields) {
    const bool text = field->type() == FieldDescriptor::TYPE_STRING;
    if (!text && field->type() != FieldDescriptor::TYPE_MESSAGE) continue;
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const int index = field->is_repeated() ? i : -1;
      std::optional<BadText> bad;
      if (text && index < 0) {
        bad = CheckText(Path(parent, *field, index),
                        reflection.GetStringReference(message, field, &scratch));
      } else if (text) {
        bad = CheckText(Path(parent, *field, index),
                        reflection.GetRepeatedStringReference(message, field, i, &scratch));
      } else if (index < 0) {
        bad = FindBadText(reflection.GetMessage(message, field), Path(parent, *field, index));
      } else {
        bad = FindBadText(reflection.GetRepeatedMessage(message, field, i),
                          Path(parent, *field, index));
      }
      if (bad.has_value()) return bad;
    }
  }
  return std::nullopt;
}

absl::Status ToStatus(const BadText& bad) {
  return FieldError(bad.field, absl::StrCat("is not valid UTF-8 at byte ", bad.offset));
}

}  // namespace

absl::Status ExplainParseFailure(const std::string& bytes, const Message& prototype) {
  const std::optional<BadText> bad = FindBadTextOnWire(bytes, *prototype.GetDescriptor(), "");
  if (bad.has_value()) return ToStatus(*bad);
  return absl::InvalidArgumentError(
      absl::StrCat(kNotTheMessage, prototype.GetDescriptor()->full_name()));
}

absl::Status CheckUtf8(const Message& message) {
  const std::optional<BadText> bad = FindBadText(message, "");
  return bad.has_value() ? ToStatus(*bad) : absl::OkStatus();
}

}  // namespace rubricator
