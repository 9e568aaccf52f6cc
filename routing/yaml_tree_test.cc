#include "routing/yaml_tree.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "routing/sample_newsroom.h"

namespace rubricator {
namespace {

TEST(ParseYamlTest, KeepsLinesAndQuotes) {
  const YamlNode root = ParseYaml("a: 1\nb:\n  - \"true\"\n  - NO\nc:\n", "x.yaml").value();
  ASSERT_EQ(root.kind, YamlKind::kMap);
  ASSERT_EQ(root.keys.size(), 3u);
  EXPECT_EQ(root.keys[1].name, "b");
  EXPECT_EQ(root.keys[1].line, 2);
  const YamlNode& list = root.items[1];
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[0].scalar, "true");
  EXPECT_TRUE(list.items[0].quoted);
  EXPECT_EQ(list.items[1].scalar, "NO");
  EXPECT_FALSE(list.items[1].quoted);
  EXPECT_EQ(list.items[1].line, 4);
  EXPECT_EQ(root.items[2].kind, YamlKind::kNull);
}

std::string Repeat(const std::string& text, size_t times) {
  std::string repeated;
  for (size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST(ParseYamlTest, RefusesWithFileAndLine) {
  struct Case {
    std::string name, yaml, want;
  };
  const std::string bomb =
      "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n";
  for (const Case& c : {
           Case{"empty", "", "x.yaml:1: is empty"},
           Case{"only a comment", "# nothing\n", "x.yaml:1: is empty"},
           Case{"null", "~\n", "x.yaml:1: is empty"},
           Case{"too long", std::string(kMaxYamlBytes + 1, 'a'), "x.yaml:1: is over 1048576 bytes"},
           Case{"not UTF-8", "a: 1\nb: \xff\n", "x.yaml:2: is not valid UTF-8 text"},
           Case{"NUL", std::string("a: 1\n\nb: \0", 10), "x.yaml:3: is not valid UTF-8 text"},
           Case{"UTF-16", std::string("\xff\xfe\x61\x00", 4), "x.yaml:1: is not valid UTF-8 text"},
           Case{"lone surrogate", "a: \"\\ud800\"", "x.yaml:1: invalid unicode: 55296"},
           Case{"unclosed list", "a: 1\nb: [1,\nc: ]]", "x.yaml:3: "},
           Case{"tab", "a:\n\tb: 1\n", "x.yaml:2: "},
           Case{"second document", "a: 1\n---\nb: 1\n", "x.yaml:2: a second document"},
           Case{"key twice", "a: 1\nb: 2\na: 3\n", "x.yaml:3: key 'a' stands twice"},
           Case{"list as key", "? [a]\n: 1\n", "x.yaml:1: a key must be text"},
           Case{"map as key", "{a: 1, {b: 1}: 2}", "x.yaml:1: a key must be text"},
           Case{"null as key", "a: 1\n~: 1\n", "x.yaml:2: a key must be text"},
           Case{"tag", "a: !!binary aGVsbG8=\n", "x.yaml:1: tag "},
           Case{"tag on a list", "a: !mine [1]\n", "x.yaml:1: tag "},
           Case{"alias bomb", bomb, "x.yaml:1: anchor '&a': anchors and aliases are not read"},
           Case{"alias of itself", "a: 1\nb: &b [*b]\n",
                "x.yaml:2: anchor '&b': anchors and aliases are not read"},
           Case{"alias of nothing", "a: *b\n", "x.yaml:1: "},
           Case{"deep", absl::StrCat(Repeat("[", 40), Repeat("]", 40)),
                "x.yaml:1: nested deeper than 32"},
           Case{"very deep", Repeat("[", 1'000'000), "x.yaml:1: "},
           Case{"very deep maps", Repeat("{a: ", 200'000), "x.yaml:1: "},
           Case{"very deep block", Repeat("- ", 500'000), "x.yaml:1: nested deeper than 32"},
           Case{"many values", absl::StrCat("[", Repeat("a,", 200'000), "]"),
                "x.yaml:1: more than 100000 values"},
       }) {
    SCOPED_TRACE(c.name);
    const absl::Status status = ParseYaml(c.yaml, "x.yaml").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(MessageOf(status).substr(0, c.want.size()), c.want);
  }
}

TEST(ParseYamlTest, AnswersForEachPrefixAndEachChangedByte) {
  const std::string yaml =
      "a: {b: [1, \"x\\u0416\"], c: 'y'}\nd:\n  - >\n    text\n  - |-\n    more\ne: ~ # end\n";
  for (size_t length = 0; length <= yaml.size(); ++length) {
    (void)ParseYaml(yaml.substr(0, length), "x.yaml");
    for (const char byte : {'\0', '\t', '\n', '&', '*', '!', '%', '[', '{', ':', '"', '\xff'}) {
      std::string changed = yaml;
      if (length < yaml.size()) changed[length] = byte;
      (void)ParseYaml(changed, "x.yaml");
    }
  }
}

}  // namespace
}  // namespace rubricator
