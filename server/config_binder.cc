#include "server/config_binder.h"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/stlemitter.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "google/protobuf/reflection.h"
#include "routing/suggestion.h"
#include "routing/yaml_tree.h"
#include "server/config.pb.h"

namespace rubricator {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsGroup(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

std::string Join(const std::string& parent, const std::string& name) {
  return parent.empty() ? name : absl::StrCat(parent, ".", name);
}

std::string ValueNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    names.push_back(absl::AsciiStrToLower(type.value(i)->name()));
  }
  return absl::StrJoin(names, "|");
}

std::string TypeName(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true|false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return ValueNames(*field.enum_type());
    case FieldDescriptor::CPPTYPE_STRING:
      return field.is_repeated() ? "TEXT,TEXT" : "TEXT";
    default:
      return "NUMBER";
  }
}

std::vector<std::string> ListOf(const Message& config, const FieldDescriptor& field) {
  const auto list = config.GetReflection()->GetRepeatedFieldRef<std::string>(config, &field);
  return {list.begin(), list.end()};
}

// As BindValue reads it.
std::string ValueText(const Message& config, const FieldDescriptor& field) {
  const Reflection& reflection = *config.GetReflection();
  if (field.is_repeated()) return absl::StrJoin(ListOf(config, field), ",");
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(config, &field) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::AsciiStrToLower(reflection.GetEnum(config, &field)->name());
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(config, &field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(reflection.GetUInt64(config, &field));
    default:
      return absl::StrCat(reflection.GetUInt32(config, &field));
  }
}

void AddSettings(const Descriptor& type, const std::string& parent, std::vector<SettingName>& out) {
  const Message& defaults =
      *google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type);
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const std::string path = Join(parent, field.name());
    if (IsGroup(field)) {
      AddSettings(*field.message_type(), path, out);
      continue;
    }
    const std::string words = absl::StrReplaceAll(path, {{".", "_"}});
    out.push_back({.path = path,
                   .flag = "--" + absl::StrReplaceAll(words, {{"_", "-"}}),
                   .environment = "RUBRICATOR_" + absl::AsciiStrToUpper(words),
                   .help = field.options().GetExtension(server::setting).help(),
                   .type = TypeName(field),
                   .default_value = ValueText(defaults, field),
                   .live = field.options().GetExtension(server::setting).live()});
  }
}

// The value of the setting that `path` names.
std::string ValueAt(const Message& config, std::string_view path) {
  const size_t dot = path.find('.');
  const FieldDescriptor& field =
      *config.GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
  if (!IsGroup(field)) return ValueText(config, field);
  return ValueAt(config.GetReflection()->GetMessage(config, &field), path.substr(dot + 1));
}

absl::Status Refuse(std::string_view where, std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(AsAbsl(where), ": ", AsAbsl(what)));
}

absl::Status SetNumber(const std::string& value, std::string_view where,
                       const FieldDescriptor& field, Message& config) {
  const server::Setting& setting = field.options().GetExtension(server::setting);
  const bool wide = field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
  const uint64_t max = wide ? setting.max() : std::min<uint64_t>(setting.max(), UINT32_MAX);
  uint64_t number = 0;
  const bool digits =
      !value.empty() &&
      std::all_of(value.begin(), value.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!digits) return Refuse(where, absl::StrCat("'", value, "' is no whole number"));
  if (!absl::SimpleAtoi(value, &number) || number < setting.min() || number > max) {
    return Refuse(where, absl::StrCat(value, " is out of range; ", setting.min(), " to ", max));
  }
  if (wide) {
    config.GetReflection()->SetUInt64(&config, &field, number);
  } else {
    config.GetReflection()->SetUInt32(&config, &field, static_cast<uint32_t>(number));
  }
  return absl::OkStatus();
}

void SetList(const std::vector<std::string>& values, const FieldDescriptor& field,
             Message& config) {
  const auto list =
      config.GetReflection()->GetMutableRepeatedFieldRef<std::string>(&config, &field);
  list.Clear();
  for (const std::string& value : values) list.Add(value);
}

std::vector<std::string> SplitList(const std::string& value) {
  std::vector<std::string> items;
  for (const absl::string_view item : absl::StrSplit(value, ',', absl::SkipWhitespace())) {
    items.emplace_back(absl::StripAsciiWhitespace(item));
  }
  return items;
}

absl::Status SetField(const std::string& value, std::string_view where,
                      const FieldDescriptor& field, Message& config) {
  const Reflection& reflection = *config.GetReflection();
  if (field.is_repeated()) {
    SetList(SplitList(value), field, config);
    return absl::OkStatus();
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      if (value != "true" && value != "false") {
        return Refuse(where, absl::StrCat("'", value, "' is neither true nor false"));
      }
      reflection.SetBool(&config, &field, value == "true");
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* named = field.enum_type()->FindValueByName(absl::AsciiStrToUpper(value));
      if (named == nullptr || value != absl::AsciiStrToLower(value)) {
        return Refuse(where,
                      absl::StrCat("'", value, "' is none of ", ValueNames(*field.enum_type())));
      }
      reflection.SetEnum(&config, &field, named);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.SetString(&config, &field, value);
      return absl::OkStatus();
    default:
      return SetNumber(value, where, field, config);
  }
}

absl::Status UnknownKey(const std::string& where, const std::string& key, const Descriptor& type) {
  std::vector<std::string_view> known;
  for (int i = 0; i < type.field_count(); ++i) known.push_back(type.field(i)->name());
  return Refuse(where, absl::StrCat("there is no such setting", DidYouMean(key, known)));
}

absl::Status BindList(const YamlNode& node, std::string_view where, const FieldDescriptor& field,
                      Message& config) {
  std::vector<std::string> values;
  for (const YamlNode& item : node.items) {
    if (item.kind != YamlKind::kScalar) return Refuse(where, "is to be a list of single values");
    values.push_back(item.scalar);
  }
  SetList(values, field, config);
  return absl::OkStatus();
}

absl::Status BindTree(const YamlNode& node, const std::string& parent, std::string_view file_name,
                      Message& config) {
  for (size_t i = 0; i < node.keys.size(); ++i) {
    const YamlKey& key = node.keys[i];
    const std::string where =
        absl::StrCat(AsAbsl(file_name), ":", key.line, ": ", Join(parent, key.name));
    const FieldDescriptor* field = config.GetDescriptor()->FindFieldByName(key.name);
    if (field == nullptr) return UnknownKey(where, key.name, *config.GetDescriptor());
    const YamlNode& value = node.items[i];
    if (value.kind == YamlKind::kNull) continue;  // "limits:" with all its keys commented out
    if (IsGroup(*field)) {
      if (value.kind != YamlKind::kMap) return Refuse(where, "is to hold settings, not a value");
      RETURN_IF_ERROR(BindTree(value, Join(parent, key.name), file_name,
                               *config.GetReflection()->MutableMessage(&config, field)));
      continue;
    }
    if (field->is_repeated() && value.kind == YamlKind::kList) {
      RETURN_IF_ERROR(BindList(value, where, *field, config));
      continue;
    }
    if (value.kind != YamlKind::kScalar) return Refuse(where, "is to be a single value");
    RETURN_IF_ERROR(SetField(value.scalar, where, *field, config));
  }
  return absl::OkStatus();
}

// Whether nothing but white space and comments is there.
bool SaysNothing(std::string_view text) {
  for (const absl::string_view line : absl::StrSplit(AsAbsl(text), '\n')) {
    const absl::string_view rest = absl::StripLeadingAsciiWhitespace(line);
    if (!rest.empty() && rest[0] != '#') return false;
  }
  return true;
}

void EmitSettings(const Message& config, YAML::Emitter& out) {
  out << YAML::BeginMap;
  const Descriptor& type = *config.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    out << YAML::Key << field.name() << YAML::Value;
    if (IsGroup(field)) {
      EmitSettings(config.GetReflection()->GetMessage(config, &field), out);
    } else if (field.is_repeated()) {
      out << YAML::Flow << ListOf(config, field);
    } else {
      out << ValueText(config, field);
    }
  }
  out << YAML::EndMap;
}

}  // namespace

std::vector<SettingName> ListSettings(const Descriptor& type) {
  std::vector<SettingName> settings;
  AddSettings(type, "", settings);
  return settings;
}

absl::Status BindYaml(std::string_view text, std::string_view file_name, Message& config) {
  if (SaysNothing(text)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file_name));
  if (root.kind != YamlKind::kMap) {
    return Refuse(absl::StrCat(AsAbsl(file_name), ":", root.line), "is to be a map of settings");
  }
  return BindTree(root, "", file_name, config);
}

absl::Status BindEnvironment(const EnvironmentLookup& lookup, Message& config) {
  for (const SettingName& setting : ListSettings(*config.GetDescriptor())) {
    const std::optional<std::string> value = lookup(setting.environment);
    if (!value.has_value() || value->empty()) continue;
    RETURN_IF_ERROR(BindValue(setting.path, *value, setting.environment, config));
  }
  return absl::OkStatus();
}

absl::Status BindValue(const std::string& path, const std::string& value, std::string_view where,
                       Message& config) {
  Message* parent = &config;
  const std::vector<std::string> names = absl::StrSplit(path, '.');
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    const FieldDescriptor* field = parent->GetDescriptor()->FindFieldByName(names[i]);
    parent = parent->GetReflection()->MutableMessage(parent, field);
  }
  const FieldDescriptor* field = parent->GetDescriptor()->FindFieldByName(names.back());
  return SetField(value, where, *field, *parent);
}

std::string WriteYaml(const Message& config) {
  YAML::Emitter out;
  EmitSettings(config, out);
  return std::string(out.c_str()) + "\n";
}

std::vector<SettingName> DifferingSettings(const Message& a, const Message& b) {
  std::vector<SettingName> differing;
  for (const SettingName& setting : ListSettings(*a.GetDescriptor())) {
    if (ValueAt(a, setting.path) != ValueAt(b, setting.path)) differing.push_back(setting);
  }
  return differing;
}

}  // namespace rubricator
