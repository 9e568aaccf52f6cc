#include "routing/yaml_field.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/status_macros.h"
#include "routing/suggestion.h"

namespace rubricator {
namespace {

std::string_view KindName(YamlKind kind) {
  switch (kind) {
    case YamlKind::kNull:
      return "nothing";
    case YamlKind::kScalar:
      return "a single value";
    case YamlKind::kList:
      return "a list";
    case YamlKind::kMap:
      return "a map";
  }
  return "unknown";
}

std::string WrongKind(std::string_view wanted, YamlKind found) {
  return absl::StrCat("must be ", AsAbsl(wanted), "; found ", AsAbsl(KindName(found)));
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

YamlField YamlField::Child(const YamlNode& node, std::string path, std::string_view key,
                           int line) const {
  YamlField child(node, file_name_);
  child.path_ = std::move(path);
  child.key_ = key;
  child.line_ = line;
  return child;
}

YamlField YamlField::Entry(size_t index) const {
  const YamlKey& key = node_->keys[index];
  const YamlNode& value = node_->items[index];
  // A wrong map or list is looked for where its key stands; a wrong value where the value stands.
  const int line = value.kind == YamlKind::kScalar ? value.line : key.line;
  return Child(value, absl::StrCat(path_, path_.empty() ? "" : ".", key.name), key.name, line);
}

absl::Status YamlField::Error(std::string_view what) const {
  return absl::InvalidArgumentError(absl::StrCat(AsAbsl(file_name_), ":", line_, ": ", path_,
                                                 path_.empty() ? "" : ": ", AsAbsl(what)));
}

absl::Status YamlField::CheckKeys(const std::vector<std::string_view>& known) const {
  if (node_->kind != YamlKind::kMap) return Error(WrongKind("a map", node_->kind));
  for (size_t i = 0; i < node_->keys.size(); ++i) {
    const std::string& key = node_->keys[i].name;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    YamlField entry = Entry(i);
    entry.line_ = node_->keys[i].line;
    return entry.Error(absl::StrCat("unknown key", DidYouMean(key, known)));
  }
  return absl::OkStatus();
}

std::optional<YamlField> YamlField::Find(std::string_view key) const {
  for (size_t i = 0; i < node_->keys.size(); ++i) {
    if (node_->keys[i].name == key) return Entry(i);
  }
  return std::nullopt;
}

absl::StatusOr<YamlField> YamlField::Require(std::string_view key) const {
  if (std::optional<YamlField> field = Find(key)) return *std::move(field);
  return Child(*node_, absl::StrCat(path_, path_.empty() ? "" : ".", AsAbsl(key)), key, line_)
      .Error("is missing");
}

absl::StatusOr<std::vector<YamlField>> YamlField::Entries() const {
  if (node_->kind != YamlKind::kMap) return Error(WrongKind("a map", node_->kind));
  if (node_->items.empty()) return Error("is empty");
  std::vector<YamlField> entries;
  entries.reserve(node_->items.size());
  for (size_t i = 0; i < node_->items.size(); ++i) entries.push_back(Entry(i));
  return entries;
}

absl::StatusOr<std::vector<YamlField>> YamlField::Items() const {
  if (node_->kind != YamlKind::kList) return Error(WrongKind("a list", node_->kind));
  if (node_->items.empty()) return Error("is empty");
  std::vector<YamlField> items;
  items.reserve(node_->items.size());
  for (size_t i = 0; i < node_->items.size(); ++i) {
    const YamlNode& item = node_->items[i];
    const bool is_plain = item.kind == YamlKind::kScalar;
    items.push_back(
        Child(item, is_plain ? path_ : absl::StrCat(path_, "[", i, "]"), key_, item.line));
  }
  return items;
}

absl::StatusOr<std::string> YamlField::Text() const {
  if (node_->kind != YamlKind::kScalar) return Error(WrongKind("a single value", node_->kind));
  const std::string& text = node_->scalar;
  if (absl::StripAsciiWhitespace(text).empty()) return Error("is blank");
  if (text.size() > kMaxTextBytes) {
    return Error(absl::StrCat("is ", text.size(), " bytes; limit is ", kMaxTextBytes));
  }
  if (std::any_of(text.begin(), text.end(), IsControl)) {
    return Error("holds a control character");
  }
  return text;
}

absl::StatusOr<std::vector<std::string>> YamlField::Texts() const {
  ASSIGN_OR_RETURN(const std::vector<YamlField> items, Items());
  std::vector<std::string> texts;
  std::set<std::string> seen;
  for (const YamlField& item : items) {
    ASSIGN_OR_RETURN(std::string text, item.Text());
    if (!seen.insert(text).second) return item.Error(absl::StrCat("'", text, "' stands twice"));
    texts.push_back(std::move(text));
  }
  return texts;
}

absl::StatusOr<double> YamlField::Confidence() const {
  if (node_->kind != YamlKind::kScalar) return Error(WrongKind("a number", node_->kind));
  double value = 0.0;
  // "nan" reads as a number and fails the comparison.
  const bool in_range =
      !node_->quoted && absl::SimpleAtod(node_->scalar, &value) && value >= 0.0 && value <= 1.0;
  if (in_range) return value;
  ASSIGN_OR_RETURN(const std::string text, Text());
  return Error(absl::StrCat("'", text, "' is not a number from 0 to 1"));
}

absl::StatusOr<bool> YamlField::Boolean() const {
  if (node_->kind != YamlKind::kScalar) return Error(WrongKind("true or false", node_->kind));
  if (!node_->quoted && node_->scalar == "true") return true;
  if (!node_->quoted && node_->scalar == "false") return false;
  ASSIGN_OR_RETURN(const std::string text, Text());
  return Error(absl::StrCat("'", text, "' is not true or false"));
}

}  // namespace rubricator
