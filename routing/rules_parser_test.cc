#include "routing/rules_parser.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "routing/rules.h"
#include "routing/sample_newsroom.h"
#include "routing/yaml_tree.h"

namespace rubricator {
namespace {

// Lines 1 to 4, and 5 to 6 once rules stand between.
constexpr char kHead[] =
    "desks:\n"
    "  - {id: world, name: World}\n"
    "  - {id: duty, name: {ru: Дежурный, en: Duty}}\n"
    "rules:\n";
constexpr char kTail[] = "fallback: {desk: world}\nlow_confidence: {desk: duty, below: 0.3}\n";

std::string WithRules(const std::string& rules) { return kHead + rules + kTail; }
// The conditions stand on line 6.
std::string WithWhen(const std::string& conditions) {
  return WithRules("  - name: a\n    when: {" + conditions + "}\n    then: {desk: world}\n");
}
std::string WithDesks(const std::string& desks) { return "desks:\n" + desks + kTail; }

struct Case {
  std::string name, yaml, want;
};

void CheckRefusals(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const absl::Status status = ParseRuleTable(c.yaml, "r.yaml", SampleVocabulary()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(MessageOf(status), c.want);
  }
}

TEST(ParseRuleTableTest, TakesTheLeastAndTheMost) {
  EXPECT_TRUE(
      ParseRuleTable(WithDesks("  - {id: world}\n  - {id: duty}\n"), "r.yaml", SampleVocabulary())
          .ok());
  const absl::StatusOr<RuleTable> table = ParseRuleTable(
      WithRules("  - name: Всё сразу\n"
                "    when:\n"
                "      topics: {any: [sport: 0.5, culture], all: [economy], none: [health]}\n"
                "      regions: {any: [NO, 143, x-cis], role: either, min_confidence: 1}\n"
                "      languages: [ru]\n"
                "      sources: [\"a b\"]\n"
                "      time: {weekdays: [mon, wed-fri], hours: [\"22:00-06:00\", 12:00-13:00]}\n"
                "      any_of: [{languages: [ru]}]\n"
                "      not: {languages: [en]}\n"
                "    then: {desk: world, stage: check, tags: [x, \"1\"]}\n"
                "    stop: false\n"),
      "r.yaml", SampleVocabulary());
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->rules[0].name, "Всё сразу");
  EXPECT_FALSE(table->rules[0].stop);
  EXPECT_EQ(table->rules[0].then.tags, (std::vector<std::string>{"x", "1"}));
}

TEST(ParseRuleTableTest, RefusesABrokenDocument) {
  const std::string deep_not = [] {
    std::string text = "languages: [ru]";
    for (int i = 0; i < 8; ++i) text = "not: {" + text + "}";
    return text;
  }();
  CheckRefusals({
      {"a list", "- a\n", "r.yaml:1: must be a map; found a list"},
      {"unknown key", "desk: 1\n", "r.yaml:1: desk: unknown key; did you mean 'desks'?"},
      {"no desks", "time_zone: UTC\n", "r.yaml:1: desks: is missing"},
      {"bad zone", "\ntime_zone: Europe/Moskow\n",
       "r.yaml:2: time_zone: unknown time zone 'Europe/Moskow'; did you mean 'Europe/Moscow'?"},
      {"no fallback", "desks: [{id: a}]\n", "r.yaml:1: fallback: is missing"},
      {"no low_confidence", "desks: [{id: a}]\nfallback: {desk: a}\n",
       "r.yaml:1: low_confidence: is missing"},
      {"no below", "desks: [{id: a}]\nfallback: {desk: a}\nlow_confidence: {desk: a}\n",
       "r.yaml:3: low_confidence.below: is missing"},
      {"unknown fallback desk", "desks: [{id: world}]\nfallback:\n  desk: wolrd\n",
       "r.yaml:3: fallback.desk: unknown desk 'wolrd'; did you mean 'world'?"},
      {"fallback is no map", "desks: [{id: a}]\nfallback: a\n",
       "r.yaml:2: fallback: must be a map; found a single value"},
      {"empty rules", "desks: [{id: a}]\nrules: []\n", "r.yaml:2: rules: is empty"},
      {"rules are a map", "desks: [{id: a}]\nrules: {a: b}\n",
       "r.yaml:2: rules: must be a list; found a map"},
      {"conditions too deep", WithWhen(deep_not),
       "r.yaml:6: rules[0].when.not.not.not.not.not.not.not.not: conditions nest deeper than 8"},
  });
}

TEST(ParseRuleTableTest, RefusesABrokenDesk) {
  const std::string hours = "open: [{hours: [\"09:00-18:00\"]}]";
  CheckRefusals({
      {"no id", WithDesks("  - {name: A}\n"), "r.yaml:2: desks[0].id: is missing"},
      {"bad id", WithDesks("  - {id: a b}\n"),
       "r.yaml:2: desks[0].id: 'a b' is not an id: at most 64 Latin letters, digits, '_', '-', "
       "'.'"},
      {"blank name", WithDesks("  - id: a\n    name: \" \"\n"),
       "r.yaml:3: desks[0].name: is blank"},
      {"blank name of a language", WithDesks("  - {id: a, name: {ru: ''}}\n"),
       "r.yaml:2: desks[0].name.ru: is blank"},
      {"name is a list", WithDesks("  - {id: a, name: [A]}\n"),
       "r.yaml:2: desks[0].name: must be a single value; found a list"},
      {"twice", WithDesks("  - {id: a}\n  - {id: a}\n"),
       "r.yaml:3: desks[1].id: a second desk 'a'"},
      {"unknown key", WithDesks("  - id: a\n    hours: 1\n"),
       "r.yaml:3: desks[0].hours: unknown key"},
      {"open alone", WithDesks("  - {id: a, " + hours + "}\n"),
       "r.yaml:2: desks[0]: open needs when_closed: the desk that takes over"},
      {"when_closed alone", WithDesks("  - {id: a, when_closed: a}\n"),
       "r.yaml:2: desks[0]: when_closed needs open: the hours of this desk"},
      {"no hours", WithDesks("  - {id: a, open: [{time_zone: UTC}], when_closed: a}\n"),
       "r.yaml:2: desks[0].open[0]: needs weekdays, hours or both"},
      {"open is no list", WithDesks("  - {id: a, open: {hours: [a]}, when_closed: a}\n"),
       "r.yaml:2: desks[0].open: must be a list; found a map"},
      {"unknown deputy", WithDesks("  - {id: duty, " + hours + ", when_closed: dutty}\n"),
       "r.yaml:2: desks[0].when_closed: unknown desk 'dutty'; did you mean 'duty'?"},
      {"its own deputy", WithDesks("  - {id: a, " + hours + ", when_closed: a}\n"),
       "r.yaml:2: desks[0].when_closed: desks take over in a cycle: a -> a"},
      {"cycle behind an entrance",
       WithDesks("  - {id: a, " + hours + ", when_closed: b}\n  - {id: b, " + hours +
                 ", when_closed: c}\n  - {id: c, " + hours + ", when_closed: b}\n"),
       "r.yaml:3: desks[1].when_closed: desks take over in a cycle: b -> c -> b"},
  });
}

TEST(ParseRuleTableTest, TakesDesksThatLeadToTheSameDeputy) {
  const std::string hours = "open: [{hours: [\"09:00-18:00\"]}]";
  const std::string yaml = WithDesks("  - {id: a, " + hours + ", when_closed: b}\n  - {id: b, " +
                                     hours + ", when_closed: duty}\n  - {id: world, " + hours +
                                     ", when_closed: b}\n  - {id: duty}\n");
  EXPECT_TRUE(ParseRuleTable(yaml, "r.yaml", SampleVocabulary()).ok());
}

TEST(ParseRuleTableTest, RefusesABrokenRule) {
  const std::string when = "when: {languages: [ru]}";
  CheckRefusals({
      {"not a map", WithRules("  - a\n"), "r.yaml:5: rules: must be a map; found a single value"},
      {"no name", WithRules("  - {" + when + "}\n"), "r.yaml:5: rules[0].name: is missing"},
      {"empty name", WithRules("  - name: ''\n"), "r.yaml:5: rules[0].name: is blank"},
      {"nothing as name", WithRules("  - name:\n"),
       "r.yaml:5: rules[0].name: must be a single value; found nothing"},
      {"reserved name", WithRules("  - name: fallback\n"),
       "r.yaml:5: rules[0].name: 'fallback' is the name of a built-in rule"},
      {"control character", WithRules("  - name: \"a\\nb\"\n"),
       "r.yaml:5: rules[0].name: holds a control character"},
      {"long name", WithRules("  - name: " + std::string(257, 'a') + "\n"),
       "r.yaml:5: rules[0].name: is 257 bytes; limit is 256"},
      {"no when", WithRules("  - {name: a, then: {desk: world}}\n"),
       "r.yaml:5: rules[0].when: is missing"},
      {"no then", WithRules("  - {name: a, " + when + "}\n"),
       "r.yaml:5: rules[0].then: is missing"},
      {"no desk", WithRules("  - {name: a, " + when + ", then: {stage: b}}\n"),
       "r.yaml:5: rules[0].then.desk: is missing"},
      {"unknown desk", WithRules("  - {name: a, " + when + ", then: {desk: sprot}}\n"),
       "r.yaml:5: rules[0].then.desk: unknown desk 'sprot'"},
      {"stop is text", WithRules("  - {name: a, " + when + ", then: {desk: world}, stop: yes}\n"),
       "r.yaml:5: rules[0].stop: 'yes' is not true or false"},
      {"stop in quotes",
       WithRules("  - {name: a, " + when + ", then: {desk: world}, stop: 'true'}\n"),
       "r.yaml:5: rules[0].stop: 'true' is not true or false"},
      {"tag twice", WithRules("  - {name: a, " + when + ", then: {desk: world, tags: [x, x]}}\n"),
       "r.yaml:5: rules[0].then.tags: 'x' stands twice"},
      {"tags are no list", WithRules("  - {name: a, " + when + ", then: {desk: world, tags: x}}\n"),
       "r.yaml:5: rules[0].then.tags: must be a list; found a single value"},
      {"unknown key", WithRules("  - {name: a, wehn: {}}\n"),
       "r.yaml:5: rules[0].wehn: unknown key; did you mean 'when'?"},
      {"twice",
       WithRules("  - {name: a, " + when + ", then: {desk: world}}\n  - {name: a, " + when +
                 ", then: {desk: duty}}\n"),
       "r.yaml:6: rules[1].name: a second rule 'a'"},
  });
}

TEST(ParseRuleTableTest, RefusesABrokenCondition) {
  const std::string at = "r.yaml:6: rules[0].when";
  CheckRefusals({
      {"none", WithWhen(""), at + ": is empty"},
      {"unknown kind", WithWhen("topic: {}"), at + ".topic: unknown key; did you mean 'topics'?"},
      {"unknown topic", WithWhen("topics: {any: [secuirty]}"),
       at + ".topics.any: unknown topic 'secuirty'; did you mean 'security'?"},
      {"unknown topic with a minimum", WithWhen("topics: {none: [sprot: 0.5]}"),
       at + ".topics.none[0]: unknown topic 'sprot'; did you mean 'sport'?"},
      {"two topics in one item", WithWhen("topics: {any: [{sport: 0.5, culture: 0.5}]}"),
       at + ".topics.any[0]: must be one topic and its minimum confidence"},
      {"topic twice", WithWhen("topics: {any: [sport, sport: 0.5]}"),
       at + ".topics.any[1]: 'sport' stands twice"},
      {"topics are a list", WithWhen("topics: [sport]"),
       at + ".topics: must be a map; found a list"},
      {"any is no list", WithWhen("topics: {any: sport}"),
       at + ".topics.any: must be a list; found a single value"},
      {"any is empty", WithWhen("topics: {any: []}"), at + ".topics.any: is empty"},
      {"only a minimum", WithWhen("topics: {min_confidence: 0.5}"),
       at + ".topics: needs any, all or none"},
      {"confidence over 1", WithWhen("topics: {any: [sport: 1.01]}"),
       at + ".topics.any[0].sport: '1.01' is not a number from 0 to 1"},
      {"confidence under 0", WithWhen("topics: {any: [sport], min_confidence: -0.1}"),
       at + ".topics.min_confidence: '-0.1' is not a number from 0 to 1"},
      {"confidence is nan", WithWhen("topics: {any: [sport], min_confidence: nan}"),
       at + ".topics.min_confidence: 'nan' is not a number from 0 to 1"},
      {"confidence is text", WithWhen("topics: {any: [sport], min_confidence: '0.5'}"),
       at + ".topics.min_confidence: '0.5' is not a number from 0 to 1"},
      {"unknown country", WithWhen("regions: {any: [KG, ru]}"),
       at + ".regions.any: unknown region 'ru'; did you mean 'RU'?"},
      {"unknown group", WithWhen("regions: {none: [x-csi]}"),
       at + ".regions.none: unknown region 'x-csi'; did you mean 'x-cis'?"},
      {"unknown area", WithWhen("regions: {any: [RU], except: [999]}"),
       at + ".regions.except: unknown region '999'"},
      {"region twice", WithWhen("regions: {any: [RU, RU]}"),
       at + ".regions.any: 'RU' stands twice"},
      {"only a role", WithWhen("regions: {role: focus}"), at + ".regions: needs any, all or none"},
      {"unknown role", WithWhen("regions: {any: [RU], role: main}"),
       at + ".regions.role: 'main' is not focus, mentioned or either"},
      {"region confidence", WithWhen("regions: {any: [RU], min_confidence: 2}"),
       at + ".regions.min_confidence: '2' is not a number from 0 to 1"},
      {"language tag", WithWhen("languages: [ru-RU]"),
       at + ".languages: 'ru-RU' is not a primary language tag such as ru, en or und"},
      {"blank source", WithWhen("sources: ['']"), at + ".sources: is blank"},
      {"weekday", WithWhen("time: {weekdays: [monday]}"),
       at + ".time.weekdays: 'monday' is not a weekday (mon, tue, wed, thu, fri, sat, sun) or a "
            "span of them (mon-fri)"},
      {"hours", WithWhen("time: {hours: [9-18]}"),
       at + ".time.hours: '9-18' is not a window of hours such as 22:00-06:00"},
      {"no hours at all", WithWhen("time: {hours: [\"09:00-09:00\"]}"),
       at + ".time.hours: '09:00-09:00' ends when it begins; the whole day is 00:00-24:00"},
      {"zone", WithWhen("time: {weekdays: [mon], time_zone: MSK}"),
       at + ".time.time_zone: unknown time zone 'MSK'; did you mean 'MST'?"},
      {"no time", WithWhen("time: {time_zone: UTC}"), at + ".time: needs weekdays, hours or both"},
      {"any_of is a map", WithWhen("any_of: {languages: [ru]}"),
       at + ".any_of: must be a list; found a map"},
      {"inside any_of", WithWhen("any_of: [{languages: [ru]}, {topics: {all: [sprot]}}]"),
       at + ".any_of[1].topics.all: unknown topic 'sprot'; did you mean 'sport'?"},
      {"empty block inside", WithWhen("not: {}"), at + ".not: is empty"},
  });
}

TEST(RoutingRulesLoadTest, SaysWhatIsWrongWithTheFile) {
  const RoutingVocabulary vocabulary = SampleVocabulary();
  const std::filesystem::path folder = ::testing::TempDir();
  EXPECT_EQ(RoutingRules::Load(folder / "no-such-file.yaml", vocabulary).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(RoutingRules::Load(folder, vocabulary).status().code(),
            absl::StatusCode::kFailedPrecondition);
  const std::filesystem::path path = folder / "rules_parser_test.yaml";
  std::ofstream(path) << std::string(kMaxYamlBytes + 5, '#');
  const absl::Status status = RoutingRules::Load(path, vocabulary).status();
  EXPECT_EQ(MessageOf(status), path.string() + ":1: is over 1048576 bytes");
  std::filesystem::remove(path);
}

std::string ReadSourceFile(const std::string& path) {
  std::ifstream file(RUBRICATOR_SOURCE_DIR "/" + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(RoutingRulesParseTest, LoadsTheFileThatTheManualShows) {
  const std::string manual = ReadSourceFile("docs/routing.md");
  const std::string fence = "```yaml\n";
  const size_t begin = manual.find(fence);
  ASSERT_NE(begin, std::string::npos);
  const size_t end = manual.find("```", begin + fence.size());
  const std::string yaml = manual.substr(begin + fence.size(), end - begin - fence.size());
  const absl::Status status =
      RoutingRules::Parse(yaml, "docs/routing.md", SampleVocabulary()).status();
  EXPECT_TRUE(status.ok()) << status;
}

TEST(RoutingRulesParseTest, AnswersForEachPrefixOfTheSampleFile) {
  const std::string yaml = ReadSourceFile("examples/routing.yaml");
  const absl::Status status =
      RoutingRules::Parse(yaml, "routing.yaml", SampleVocabulary()).status();
  ASSERT_TRUE(status.ok()) << status;
  for (size_t length = 0; length < yaml.size(); length += 7) {
    (void)RoutingRules::Parse(yaml.substr(0, length), "routing.yaml", SampleVocabulary());
  }
}

}  // namespace
}  // namespace rubricator
