#include "routing/condition.h"

#include <gtest/gtest.h>

#include <optional>

#include "routing/condition_parser.h"
#include "routing/parse_context.h"
#include "routing/routing_facts.h"
#include "routing/sample_newsroom.h"
#include "routing/yaml_field.h"
#include "routing/yaml_tree.h"

namespace rubricator {
namespace {

constexpr double kBelow = 0.3;

ConditionBlock Block(const std::string& yaml) {
  const RoutingVocabulary vocabulary = SampleVocabulary();
  ParseContext context(vocabulary);
  const YamlNode tree = ParseYaml(yaml, "test.yaml").value();
  const YamlField root(tree, "test.yaml");
  EXPECT_TRUE(context.SetDefaultZone(root).ok());
  absl::StatusOr<ConditionBlock> block = ParseConditionBlock(root, context);
  EXPECT_TRUE(block.ok()) << block.status();
  return *std::move(block);
}

struct Case {
  std::string name, yaml;
  Analysis analysis;
  Truth want;
  std::string reason;
};

void CheckCases(const std::vector<Case>& cases) {
  const Article article;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const RoutingFacts facts = FactsOf(c.analysis, article, Utc(2026, 3, 2, 12, 0), kBelow);
    const ConditionBlock block = Block(c.yaml);
    EXPECT_EQ(block.Holds(facts), c.want);
    EXPECT_EQ(block.Explain(facts), c.reason);
    EXPECT_EQ(block.CountFailed(facts) == 0, c.want == Truth::kYes);
  }
}

TEST(TopicConditionTest, HoldsAndSaysWhy) {
  const Analysis visit = Classified({SampleTopic("security", 0.93), SampleTopic("economy", 0.5)});
  CheckCases({
      {"any, first", "topics: {any: [security, sport], min_confidence: 0.5}", visit, Truth::kYes,
       "topics: security 0.93 ≥ 0.50"},
      {"any, second", "topics: {any: [sport, security]}", visit, Truth::kYes,
       "topics: security 0.93"},
      {"any, both", "topics: {any: [economy, security]}", visit, Truth::kYes,
       "topics: economy 0.50, security 0.93"},
      {"any, none decided", "topics: {any: [sport, culture]}", visit, Truth::kNo,
       "failed: topics: no sport, no culture"},
      {"any, too low", "topics: {any: [economy], min_confidence: 0.51}", visit, Truth::kNo,
       "failed: topics: economy 0.50 < 0.51"},
      {"minimum reached", "topics: {any: [economy], min_confidence: 0.5}", visit, Truth::kYes,
       "topics: economy 0.50 ≥ 0.50"},
      {"own minimum wins over the block's", "topics: {any: [economy: 0.6], min_confidence: 0.1}",
       visit, Truth::kNo, "failed: topics: economy 0.50 < 0.60"},
      {"own minimum, lower", "topics: {any: [economy: 0.4, sport], min_confidence: 0.9}", visit,
       Truth::kYes, "topics: economy 0.50 ≥ 0.40"},
      {"all", "topics: {all: [security, economy]}", visit, Truth::kYes,
       "topics: security 0.93, economy 0.50"},
      {"all, one missing", "topics: {all: [security, sport]}", visit, Truth::kNo,
       "failed: topics: no sport"},
      {"none", "topics: {none: [sport]}", visit, Truth::kYes, "topics: no sport"},
      {"none, below its minimum", "topics: {none: [economy: 0.6]}", visit, Truth::kYes,
       "topics: economy 0.50 < 0.60"},
      {"none, there", "topics: {none: [sport, security]}", visit, Truth::kNo,
       "failed: topics: excluded by security 0.93"},
      {"any and none", "topics: {any: [security], none: [economy]}", visit, Truth::kNo,
       "failed: topics: excluded by economy 0.50; held: topics: security 0.93"},
  });
}

TEST(TopicConditionTest, IsUndecidedWhenTheAnalysisIsUnsure) {
  const std::string any = "topics: {any: [security]}";
  const std::string none = "topics: {none: [security]}";
  const Analysis unsure = Classified({SampleTopic("security", 0.29)});
  CheckCases({
      {"too short", any, Abstention(Outcome::kInsufficientText), Truth::kUndecided,
       "failed: topics: not asked, outcome is INSUFFICIENT_TEXT"},
      {"absence says nothing either", none, Abstention(Outcome::kNoTopic), Truth::kUndecided,
       "failed: topics: not asked, outcome is NO_TOPIC"},
      {"nor does not", "not: {topics: {any: [security]}}",
       Abstention(Outcome::kUnsupportedLanguage), Truth::kUndecided,
       "failed: not: (failed: topics: not asked, outcome is UNSUPPORTED_LANGUAGE)"},
      {"best topic too low", any, unsure, Truth::kUndecided,
       "failed: topics: not asked, best topic security 0.29 < 0.30"},
      {"best topic reaches it", any, Classified({SampleTopic("security", 0.3)}), Truth::kYes,
       "topics: security 0.30"},
      {"countries and no topic", none, Classified({}, {Russia()}), Truth::kUndecided,
       "failed: topics: not asked, no topic was decided"},
  });
}

TEST(RegionConditionTest, HoldsAndSaysWhy) {
  const RegionRole mentioned = RegionRole::kMentioned;
  const Analysis visit = Classified({}, {Kyrgyzstan(), Russia(), Germany(mentioned, 0.2)});
  const std::string found = " (found KG 0.88 in focus, RU 0.90 in focus, DE 0.20 mentioned)";
  CheckCases({
      {"country", "regions: {any: [KG]}", visit, Truth::kYes, "regions: KG in focus"},
      {"area", "regions: {any: [\"143\"]}", visit, Truth::kYes,
       "regions: KG (Central Asia 143) in focus"},
      {"area without quotes", "regions: {any: [001]}", visit, Truth::kYes,
       "regions: KG (world 001) in focus"},
      {"group", "regions: {any: [x-cis]}", visit, Truth::kYes, "regions: KG (x-cis) in focus"},
      {"not in focus", "regions: {any: [DE]}", visit, Truth::kNo,
       "failed: regions: no DE in focus" + found},
      {"mentioned", "regions: {any: [DE], role: mentioned}", visit, Truth::kYes,
       "regions: DE mentioned"},
      {"focus is more than mentioned", "regions: {any: [KG], role: mentioned}", visit, Truth::kNo,
       "failed: regions: no KG mentioned" + found},
      {"either", "regions: {all: [KG, EU], role: either}", visit, Truth::kYes,
       "regions: KG in focus, DE (EU) mentioned"},
      {"all", "regions: {all: [RU, KG]}", visit, Truth::kYes, "regions: RU in focus, KG in focus"},
      {"all, one missing", "regions: {all: [RU, CN]}", visit, Truth::kNo,
       "failed: regions: no CN in focus" + found},
      {"none", "regions: {none: [DE, CN]}", visit, Truth::kYes,
       "regions: no DE, CN in focus" + found},
      {"none, there", "regions: {none: [DE, x-eaeu]}", visit, Truth::kNo,
       "failed: regions: excluded by KG (x-eaeu) in focus"},
      {"confident", "regions: {any: [KG], min_confidence: 0.88}", visit, Truth::kYes,
       "regions: KG 0.88 ≥ 0.88 in focus"},
      {"not confident", "regions: {any: [KG], min_confidence: 0.89}", visit, Truth::kNo,
       "failed: regions: no KG in focus at 0.89 or more" + found},
      {"except", "regions: {any: [x-cis], except: [RU]}", visit, Truth::kYes,
       "regions: KG (x-cis) in focus"},
      {"except leaves none", "regions: {any: [x-cis], except: [RU, \"143\"]}", visit, Truth::kNo,
       "failed: regions: no x-cis in focus except RU, 143" + found},
      {"EU as an actor", "regions: {any: [EU]}", Classified({}, {EuropeanUnion()}), Truth::kYes,
       "regions: EU in focus"},
      {"EU as a member", "regions: {any: [EU]}", Classified({}, {Germany()}), Truth::kYes,
       "regions: DE (EU) in focus"},
      {"no country", "regions: {any: [NO]}", Classified({SampleTopic("sport", 0.9)}), Truth::kNo,
       "failed: regions: no NO in focus (found none)"},
      {"abstention", "regions: {none: [RU]}", Abstention(Outcome::kInsufficientText),
       Truth::kUndecided, "failed: regions: not asked, outcome is INSUFFICIENT_TEXT"},
      {"unsure of topics only", "regions: {any: [RU]}", Classified({}, {Russia()}), Truth::kYes,
       "regions: RU in focus"},
  });
}

TEST(ArticleConditionTest, HoldsAndSaysWhy) {
  struct ArticleCase {
    std::string name, yaml, source, language;
    Truth want;
    std::string reason;
  };
  for (const ArticleCase& c : {
           ArticleCase{"language", "languages: [en, ru]", "", "ru", Truth::kYes, "language: ru"},
           ArticleCase{"other language", "languages: [en]", "", "ru", Truth::kNo,
                       "failed: language: ru is not one of en"},
           ArticleCase{"unknown language", "languages: [en]", "", "", Truth::kNo,
                       "failed: language: und is not one of en"},
           ArticleCase{"source", "sources: [tass, ТАСС]", "tass", "", Truth::kYes, "source: tass"},
           ArticleCase{"source in capitals", "sources: [тасс]", "ТАСС", "", Truth::kYes,
                       "source: ТАСС"},
           ArticleCase{"other source", "sources: [tass]", "tass-sport", "", Truth::kNo,
                       "failed: source: tass-sport is not one of tass"},
           ArticleCase{"no source", "sources: [tass]", "", "", Truth::kNo,
                       "failed: source: none given is not one of tass"},
           ArticleCase{"time", "time: {weekdays: [mon], hours: [\"12:00-13:00\"]}", "", "",
                       Truth::kYes, "time: Mon 12:00 UTC in mon 12:00-13:00"},
           ArticleCase{"other time", "time: {hours: [\"12:00-13:00\"], time_zone: Europe/Moscow}",
                       "", "", Truth::kNo,
                       "failed: time: Mon 15:00 Europe/Moscow not in 12:00-13:00"},
       }) {
    SCOPED_TRACE(c.name);
    Article article;
    article.source = c.source;
    const Analysis analysis = Abstention(Outcome::kUnsupportedLanguage, c.language);
    const RoutingFacts facts = FactsOf(analysis, article, Utc(2026, 3, 2, 12, 0), kBelow);
    const ConditionBlock block = Block(c.yaml);
    EXPECT_EQ(block.Holds(facts), c.want);
    EXPECT_EQ(block.Explain(facts), c.reason);
  }
}

TEST(NestedConditionTest, HoldsAndSaysWhy) {
  const Analysis match = Classified({SampleTopic("sport", 0.98)}, {Russia()});
  CheckCases({
      {"any_of, second", "any_of: [{topics: {any: [culture]}}, {regions: {any: [RU]}}]", match,
       Truth::kYes, "any_of: (regions: RU in focus)"},
      {"any_of, a block is all of it", "any_of: [{topics: {any: [sport]}, regions: {any: [RU]}}]",
       match, Truth::kYes, "any_of: (topics: sport 0.98; regions: RU in focus)"},
      {"any_of, no block", "any_of: [{topics: {any: [culture]}}, {languages: [en]}]", match,
       Truth::kNo,
       "failed: any_of: (failed: topics: no culture), (failed: language: ru is not one of en)"},
      {"not", "not: {topics: {any: [culture]}}", match, Truth::kYes,
       "not: (failed: topics: no culture)"},
      {"not, held", "not: {topics: {any: [sport]}}", match, Truth::kNo,
       "failed: not: (topics: sport 0.98)"},
      {"not of a block needs one to fail", "not: {topics: {any: [sport]}, languages: [en]}", match,
       Truth::kYes, "not: (failed: language: ru is not one of en; held: topics: sport 0.98)"},
      {"any_of, one sure block is enough", "any_of: [{topics: {any: [sport]}}, {languages: [ru]}]",
       Abstention(Outcome::kNoTopic), Truth::kYes, "any_of: (language: ru)"},
      {"any_of, undecided at best", "any_of: [{topics: {any: [sport]}}, {languages: [en]}]",
       Abstention(Outcome::kNoTopic), Truth::kUndecided,
       "failed: any_of: (failed: topics: not asked, outcome is NO_TOPIC), "
       "(failed: language: ru is not one of en)"},
      {"a sure no decides a block", "not: {topics: {any: [sport]}, languages: [en]}",
       Abstention(Outcome::kNoTopic), Truth::kYes,
       "not: (failed: topics: not asked, outcome is NO_TOPIC; language: ru is not one of en)"},
  });
}

TEST(ConditionBlockTest, CountsWhatFailed) {
  const ConditionBlock block = Block(
      "{topics: {any: [sport], none: [culture]}, languages: [ru], sources: [a], "
      "any_of: [{sources: [b]}, {sources: [c]}]}");
  const Article article;
  const Analysis analysis = Classified({SampleTopic("sport", 0.9)});
  EXPECT_EQ(block.CountFailed(FactsOf(analysis, article, Utc(2026, 3, 2, 12, 0), kBelow)), 2u);
}

TEST(JoinPhrasesTest, CountsWhatItLeavesOut) {
  EXPECT_EQ(JoinPhrases({"a", "b"}), "a, b");
  EXPECT_EQ(JoinPhrases(std::vector<std::string>(20, "a")), "a, a, a, a, a, a, a, a, … (12 more)");
}

}  // namespace
}  // namespace rubricator
