#include "routing/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>
#include <thread>

#include "routing/sample_newsroom.h"

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kRules[] = R"(
desks:
  - {id: diplomacy, name: {en: Diplomacy, ru: Дипломатия}}
  - {id: security, name: Security}
  - id: sport
    open: [{weekdays: [mon-fri], hours: ["09:00-18:00"]}]
    when_closed: evening
  - id: evening
    open: [{hours: ["18:00-23:00"]}]
    when_closed: night
  - {id: night, name: {ru: Ночь, de: Nacht}}
  - {id: world}
  - {id: checkers}
rules:
  - name: wire
    when: {sources: [wire]}
    then: {desk: world, stage: ready, tags: [wire]}
    stop: false
  - name: channel
    when: {sources: [channel]}
    then: {desk: diplomacy}
  - name: relations
    when: {topics: {any: [foreign_policy], min_confidence: 0.5}}
    then: {desk: diplomacy, stage: edit, tags: [a, b]}
    stop: false
  - name: neighbours
    when: {regions: {any: [x-cis], except: [RU]}, topics: {none: [sport]}}
    then: {desk: diplomacy, stage: late, tags: [b, c]}
    stop: false
  - name: defence
    when: {topics: {any: [security]}}
    then: {desk: security}
    stop: false
  - name: matches
    when: {topics: {any: [sport]}}
    then: {desk: sport}
  - name: not-culture
    when: {not: {topics: {any: [culture]}}, languages: [zh, ru], regions: {any: [DE]}}
    then: {desk: world, tags: [last]}
fallback: {desk: world, stage: sort, tags: [unclaimed]}
low_confidence: {desk: checkers, below: 0.4, stage: check, tags: [unsure]}
)";

// A Monday, 12:00 UTC.
const std::chrono::sys_seconds kNoon = Utc(2026, 3, 2, 12, 0);

RoutingRules SampleRules() {
  absl::StatusOr<RoutingRules> rules =
      RoutingRules::Parse(kRules, "routing.yaml", SampleVocabulary());
  EXPECT_TRUE(rules.ok()) << rules.status();
  return *std::move(rules);
}

Article From(const std::string& source) {
  Article article;
  article.source = source;
  return article;
}

std::vector<std::string> Desks(const std::vector<DeskAssignment>& assignments) {
  std::vector<std::string> desks;
  for (const DeskAssignment& assignment : assignments) {
    desks.push_back(assignment.desk + " by " + assignment.rule);
  }
  return desks;
}

TEST(RoutingRulesTest, GivesABilateralMeetingToEachDeskOnce) {
  const Analysis meeting =
      Classified({SampleTopic("foreign_policy", 0.97), SampleTopic("security", 0.81)},
                 {Kyrgyzstan(), Russia()});
  const RoutingDecision decision = SampleRules().Route(meeting, From("wire"), kNoon);
  EXPECT_THAT(Desks(decision.desks),
              ElementsAre("world by wire", "diplomacy by relations", "security by defence"));
  const DeskAssignment& diplomacy = decision.desks[1];
  EXPECT_EQ(diplomacy.reason,
            "topics: foreign_policy 0.97 ≥ 0.50; also by rule 'neighbours': "
            "regions: KG (x-cis) in focus; topics: no sport");
  EXPECT_EQ(diplomacy.stage, "edit");
  EXPECT_THAT(diplomacy.tags, ElementsAre("a", "b", "c"));
  EXPECT_EQ(decision.desks[0].stage, "ready");
}

TEST(RoutingRulesTest, TellsHowEachRuleJudged) {
  const Analysis match = Classified({SampleTopic("sport", 0.98)}, {Russia(), Kyrgyzstan()});
  const RoutingDecision decision = SampleRules().Route(match, From(""), kNoon);
  EXPECT_THAT(Desks(decision.desks), ElementsAre("sport by matches"));
  ASSERT_EQ(decision.rules.size(), 7u);
  const RuleDecision& near_miss = decision.rules[3];
  EXPECT_EQ(near_miss.rule, "neighbours");
  EXPECT_EQ(near_miss.desk, "diplomacy");
  EXPECT_FALSE(near_miss.matched);
  EXPECT_EQ(near_miss.failed_conditions, 1u);
  EXPECT_EQ(near_miss.reason,
            "failed: topics: excluded by sport 0.98; held: regions: KG (x-cis) in focus");
  const RuleDecision& matched = decision.rules[5];
  EXPECT_TRUE(matched.matched);
  EXPECT_EQ(matched.failed_conditions, 0u);
  EXPECT_FALSE(matched.skipped);
  const RuleDecision& skipped = decision.rules[6];
  EXPECT_TRUE(skipped.skipped);
  EXPECT_FALSE(skipped.matched);
  EXPECT_EQ(skipped.reason, "not asked: rule 'matches' stops");
  EXPECT_EQ(skipped.failed_conditions, 0u);
}

TEST(RoutingRulesTest, FallsBackWhenNoRuleMatched) {
  const Analysis health = Classified({SampleTopic("health", 0.9)});
  const RoutingDecision decision = SampleRules().Route(health, From(""), kNoon);
  ASSERT_THAT(Desks(decision.desks), ElementsAre("world by fallback"));
  EXPECT_EQ(decision.desks[0].reason, "no rule matched");
  EXPECT_EQ(decision.desks[0].stage, "sort");
  EXPECT_THAT(decision.desks[0].tags, ElementsAre("unclaimed"));
  for (const RuleDecision& rule : decision.rules) EXPECT_FALSE(rule.matched || rule.skipped);
}

TEST(RoutingRulesTest, SendsTheUnsureToTheLowConfidenceDesk) {
  struct Case {
    std::string name;
    Analysis analysis;
    std::string source;
    std::vector<std::string> want;
    std::string last_reason;
  };
  for (const Case& c : {
           Case{"too short",
                Abstention(Outcome::kInsufficientText),
                "",
                {"checkers by low_confidence"},
                "outcome is INSUFFICIENT_TEXT"},
           Case{"language",
                Abstention(Outcome::kUnsupportedLanguage, "zh"),
                "",
                {"checkers by low_confidence"},
                "outcome is UNSUPPORTED_LANGUAGE"},
           Case{"no topic",
                Abstention(Outcome::kNoTopic),
                "",
                {"checkers by low_confidence"},
                "outcome is NO_TOPIC"},
           Case{"best topic below",
                Classified({SampleTopic("sport", 0.39)}),
                "",
                {"checkers by low_confidence"},
                "best topic sport 0.39 < 0.40"},
           Case{"best topic at the bound",
                Classified({SampleTopic("sport", 0.4)}),
                "",
                {"sport by matches"},
                "topics: sport 0.40"},
           Case{"a country and no topic",
                Classified({}, {Germany()}),
                "",
                {"checkers by low_confidence"},
                "no topic was decided"},
           Case{"a rule that goes on",
                Abstention(Outcome::kNoTopic),
                "wire",
                {"world by wire", "checkers by low_confidence"},
                "outcome is NO_TOPIC"},
           Case{"a rule that stops",
                Abstention(Outcome::kNoTopic),
                "channel",
                {"diplomacy by channel"},
                "source: channel"},
       }) {
    SCOPED_TRACE(c.name);
    const RoutingDecision decision = SampleRules().Route(c.analysis, From(c.source), kNoon);
    EXPECT_EQ(Desks(decision.desks), c.want);
    EXPECT_EQ(decision.desks.back().reason, c.last_reason);
  }
}

TEST(RoutingRulesTest, NeverRoutesAnAbstentionByTopicsItShouldNotHave) {
  for (const Outcome outcome :
       {Outcome::kNoTopic, Outcome::kInsufficientText, Outcome::kUnsupportedLanguage}) {
    Analysis analysis =
        Classified({SampleTopic("sport", 0.99), SampleTopic("foreign_policy", 0.99)},
                   {Germany(), Kyrgyzstan()});
    analysis.outcome = outcome;
    EXPECT_THAT(Desks(SampleRules().AssignDesks(analysis, From(""), kNoon)),
                ElementsAre("checkers by low_confidence"));
  }
}

TEST(RoutingRulesTest, HandsOnFromAClosedDesk) {
  struct Case {
    std::string name;
    std::chrono::sys_seconds now;
    std::string desk, reason;
  };
  const Analysis match = Classified({SampleTopic("sport", 0.98)});
  const std::string base = "topics: sport 0.98";
  for (const Case& c : {
           Case{"open", kNoon, "sport", base},
           Case{"evening", Utc(2026, 3, 2, 18, 0), "evening",
                base + "; desk sport is closed at Mon 18:00 UTC, evening takes over"},
           Case{"night", Utc(2026, 3, 2, 23, 30), "night",
                base + "; desk sport is closed at Mon 23:30 UTC, evening takes over"
                       "; desk evening is closed at Mon 23:30 UTC, night takes over"},
           Case{"Saturday", Utc(2026, 3, 7, 12, 0), "night",
                base + "; desk sport is closed at Sat 12:00 UTC, evening takes over"
                       "; desk evening is closed at Sat 12:00 UTC, night takes over"},
       }) {
    SCOPED_TRACE(c.name);
    const RoutingDecision decision = SampleRules().Route(match, From(""), c.now);
    ASSERT_EQ(decision.desks.size(), 1u);
    EXPECT_EQ(decision.desks[0].desk, c.desk);
    EXPECT_EQ(decision.desks[0].rule, "matches");
    EXPECT_EQ(decision.desks[0].reason, c.reason);
    EXPECT_EQ(decision.rules[5].desk, "sport");
  }
}

TEST(RoutingRulesTest, ReadsHoursAtThePublishedTime) {
  const Analysis match = Classified({SampleTopic("sport", 0.98)});
  const RoutingRules rules = SampleRules();
  const std::chrono::sys_seconds night = Utc(2026, 3, 3, 1, 0);
  const double noon_seconds = static_cast<double>(kNoon.time_since_epoch().count());
  struct Case {
    std::string name;
    std::optional<double> published_at;
    std::string want;
  };
  for (const Case& c : {
           Case{"none", std::nullopt, "night by matches"},
           Case{"published by day", noon_seconds + 0.5, "sport by matches"},
           Case{"not a number", std::numeric_limits<double>::quiet_NaN(), "night by matches"},
           Case{"infinite", std::numeric_limits<double>::infinity(), "night by matches"},
           Case{"out of all years", 1e18, "night by matches"},
           Case{"Thursday of the year 1, by day", -62135596800.0 + 3 * 86400 + 12 * 3600,
                "sport by matches"},
       }) {
    SCOPED_TRACE(c.name);
    Article article;
    article.published_at = c.published_at;
    EXPECT_THAT(Desks(rules.AssignDesks(match, article, night)), ElementsAre(c.want));
  }
}

TEST(RoutingRulesTest, AssignsTheDesksThatRouteTells) {
  const RoutingRules rules = SampleRules();
  const std::vector<Analysis> analyses = {
      Abstention(Outcome::kNoTopic),
      Classified({SampleTopic("sport", 0.98)}),
      Classified({SampleTopic("foreign_policy", 0.97), SampleTopic("security", 0.81)},
                 {Kyrgyzstan(), Germany()}),
  };
  for (const Analysis& analysis : analyses) {
    for (const char* source : {"", "wire", "channel"}) {
      const RoutingDecision decision = rules.Route(analysis, From(source), kNoon);
      const std::vector<DeskAssignment> desks = rules.AssignDesks(analysis, From(source), kNoon);
      EXPECT_EQ(Desks(desks), Desks(decision.desks));
      ASSERT_FALSE(desks.empty());
      EXPECT_EQ(desks.back().reason, decision.desks.back().reason);
      EXPECT_EQ(desks.back().tags, decision.desks.back().tags);
    }
  }
}

TEST(RoutingRulesTest, CutsALongReasonBetweenCodePoints) {
  std::string sources;
  for (int i = 0; i < 8; ++i) sources += (i == 0 ? "" : ", ") + std::string(120, 'a' + i) + "жж";
  std::string yaml = "desks: [{id: a}]\nrules:\n  - name: long\n    then: {desk: a}\n    when:\n";
  yaml += "      any_of:\n";
  for (int i = 0; i < 8; ++i) yaml += "        - {sources: [" + sources + "]}\n";
  yaml += "fallback: {desk: a}\nlow_confidence: {desk: a, below: 0}\n";
  const RoutingRules rules = RoutingRules::Parse(yaml, "r.yaml", SampleVocabulary()).value();
  const std::string reason = rules.Route(Classified({}), From(""), kNoon).rules[0].reason;
  EXPECT_LE(reason.size(), kMaxReasonBytes);
  EXPECT_GT(reason.size(), kMaxReasonBytes - 8);
  EXPECT_THAT(reason, StartsWith("failed: any_of: (failed: source: none given is not one of aaa"));
  EXPECT_TRUE(reason.ends_with("…"));
}

TEST(RoutingRulesTest, NamesDesksInTheLanguageAskedFor) {
  const RoutingRules rules = SampleRules();
  EXPECT_EQ(rules.DeskName("diplomacy", "ru"), "Дипломатия");
  EXPECT_EQ(rules.DeskName("diplomacy", "ru-RU"), "Дипломатия");
  EXPECT_EQ(rules.DeskName("diplomacy", "fr"), "Diplomacy");
  EXPECT_EQ(rules.DeskName("diplomacy", ""), "Diplomacy");
  EXPECT_EQ(rules.DeskName("security", "ru"), "Security");
  EXPECT_EQ(rules.DeskName("night", "en"), "Nacht");
  EXPECT_EQ(rules.DeskName("world", "en"), "world");
  EXPECT_THAT(rules.DeskName("no-such-desk", "en"), IsEmpty());
  EXPECT_EQ(rules.desk_ids().front(), "diplomacy");
  EXPECT_EQ(rules.rule_count(), 7u);
}

TEST(RoutingRulesTest, RoutesOnManyThreadsAtOnce) {
  const RoutingRules rules = SampleRules();
  const Analysis match = Classified({SampleTopic("sport", 0.98)}, {Kyrgyzstan()});
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&rules, &match] {
      for (int n = 0; n < 500; ++n) {
        EXPECT_EQ(rules.Route(match, From("wire"), kNoon).desks.size(), 2u);
      }
    });
  }
}

// What examples/routing.yaml says of its own rules.
TEST(SampleFileTest, RoutesAsANewsroomWould) {
  std::ifstream file(RUBRICATOR_SOURCE_DIR "/examples/routing.yaml");
  const std::string yaml{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  absl::StatusOr<RoutingRules> rules =
      RoutingRules::Parse(yaml, "routing.yaml", SampleVocabulary());
  ASSERT_TRUE(rules.ok()) << rules.status();
  struct Case {
    std::string name;
    Analysis analysis;
    std::chrono::sys_seconds now;  // Moscow is three hours ahead
    std::vector<std::string> want;
  };
  const std::vector<Topic> visit = {SampleTopic("foreign_policy", 0.97),
                                    SampleTopic("security", 0.7),
                                    SampleTopic("humanitarian_cooperation", 0.8)};
  const std::vector<Topic> attack = {SampleTopic("security", 0.95)};
  const std::vector<Topic> bill = {SampleTopic("politics", 0.9)};
  const std::vector<Topic> match = {SampleTopic("sport", 0.99)};
  const std::vector<Topic> rate = {SampleTopic("economy", 0.9)};
  const std::chrono::sys_seconds night = Utc(2026, 3, 2, 20, 0);
  for (const Case& c : {
           Case{"visit",
                Classified(visit, {Russia(), Kyrgyzstan()}),
                kNoon,
                {"diplomacy by relations-between-states", "security by war-and-defence",
                 "humanitarian by humanitarian-cooperation", "cis by neighbours"}},
           Case{"attack by night",
                Classified(attack, {Germany()}),
                night,
                {"night_duty by night-alert", "security by war-and-defence"}},
           Case{"attack by day",
                Classified(attack, {Germany()}),
                kNoon,
                {"security by war-and-defence"}},
           Case{"a neighbour's bill",
                Classified(bill, {Kyrgyzstan()}),
                kNoon,
                {"cis by neighbours"}},
           Case{"a neighbour's bill by night",
                Classified(bill, {Kyrgyzstan()}),
                night,
                {"night_duty by neighbours"}},
           Case{"a bill at home",
                Classified(bill, {Russia()}),
                kNoon,
                {"regions-of-russia by life-in-russia"}},
           Case{"a bill abroad", Classified(bill, {Germany()}), kNoon, {"world by abroad"}},
           Case{"match of a neighbour",
                Classified(match, {Kyrgyzstan()}),
                kNoon,
                {"sport by sport"}},
           Case{"economy", Classified(rate, {Germany()}), kNoon, {"economy by economy"}},
           Case{
               "economy by night", Classified(rate, {Germany()}), night, {"night_duty by economy"}},
           Case{"too thin",
                Abstention(Outcome::kInsufficientText),
                kNoon,
                {"copy_desk by low_confidence"}},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Desks(rules->AssignDesks(c.analysis, Article(), c.now)), c.want);
  }
}

}  // namespace
}  // namespace rubricator
