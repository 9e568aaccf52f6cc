#include "routing/yaml_tree.h"

#include <unicode/utf8.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"

namespace rubricator {
namespace {

// Builds the tree from yaml-cpp's events. Stops by YAML::ParserException, which ParseYaml catches.
class TreeBuilder final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (root_.has_value()) throw YAML::ParserException(mark, "a second document; only one is read");
  }
  void OnDocumentEnd() override {}

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    throw YAML::ParserException(
        mark, absl::StrCat("anchor '&", name, "': anchors and aliases are not read"));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw YAML::ParserException(mark, "anchors and aliases are not read; write the value out");
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Add(mark, NodeAt(mark, YamlKind::kNull));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    RefuseTag(mark, tag);
    if (ExpectsKey()) return AddKey(mark, value);
    YamlNode node = NodeAt(mark, YamlKind::kScalar);
    node.scalar = value;
    node.quoted = tag == "!";
    Add(mark, std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, YamlKind::kList);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    Open(mark, tag, YamlKind::kMap);
  }
  void OnMapEnd() override { Close(); }

  std::optional<YamlNode>& root() { return root_; }

 private:
  struct Frame {
    YamlNode node;
    std::set<std::string> seen_keys;
  };

  static YamlNode NodeAt(const YAML::Mark& mark, YamlKind kind) {
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    return node;
  }

  static void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw YAML::ParserException(mark, absl::StrCat("tag '", tag, "': tags are not read"));
  }

  bool ExpectsKey() const {
    if (open_.empty()) return false;
    const YamlNode& node = open_.back().node;
    return node.kind == YamlKind::kMap && node.keys.size() == node.items.size();
  }

  void AddKey(const YAML::Mark& mark, const std::string& name) {
    Frame& frame = open_.back();
    if (!frame.seen_keys.insert(name).second) {
      throw YAML::ParserException(mark, absl::StrCat("key '", name, "' stands twice"));
    }
    frame.node.keys.push_back({name, mark.line + 1});
  }

  void Add(const YAML::Mark& mark, YamlNode node) {
    if (ExpectsKey()) throw YAML::ParserException(mark, "a key must be text");
    if (++nodes_ > kMaxYamlNodes) {
      throw YAML::ParserException(mark, absl::StrCat("more than ", kMaxYamlNodes, " values"));
    }
    // A list or map takes the place where it closes, so that the tree is moved, never pointed into.
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      open_.back().node.items.push_back(std::move(node));
    }
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YamlKind kind) {
    RefuseTag(mark, tag);
    if (ExpectsKey()) throw YAML::ParserException(mark, "a key must be text");
    if (open_.size() >= kMaxYamlDepth) {
      throw YAML::ParserException(mark, absl::StrCat("nested deeper than ", kMaxYamlDepth));
    }
    open_.push_back({NodeAt(mark, kind), {}});
  }

  void Close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    YAML::Mark mark;
    mark.line = node.line - 1;
    Add(mark, std::move(node));
  }

  std::optional<YamlNode> root_;
  std::vector<Frame> open_;
  size_t nodes_ = 0;
};

absl::Status Refusal(std::string_view file_name, int line, std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(AsAbsl(file_name), ":", std::max(line, 1), ": ", AsAbsl(what)));
}

// The line (from 1) of the first byte that is NUL or no UTF-8; 0 when there is none.
int LineOfBadByte(std::string_view text) {
  int line = 1;
  for (size_t offset = 0; offset < text.size();) {
    UChar32 code_point = 0;
    U8_NEXT(text.data(), offset, text.size(), code_point);
    if (code_point <= 0) return line;
    if (code_point == '\n') ++line;
  }
  return 0;
}

}  // namespace

absl::StatusOr<YamlNode> ParseYaml(std::string_view text, std::string_view file_name) {
  if (text.size() > kMaxYamlBytes) {
    return Refusal(file_name, 1, absl::StrCat("is over ", kMaxYamlBytes, " bytes"));
  }
  if (const int line = LineOfBadByte(text); line != 0) {
    return Refusal(file_name, line, "is not valid UTF-8 text");
  }
  TreeBuilder builder;
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    return Refusal(file_name, error.mark.line + 1, error.msg);
  } catch (const std::exception& error) {
    return Refusal(file_name, 1, error.what());
  }
  if (!builder.root().has_value() || builder.root()->kind == YamlKind::kNull) {
    return Refusal(file_name, 1, "is empty");
  }
  return *std::move(builder.root());
}

}  // namespace rubricator
