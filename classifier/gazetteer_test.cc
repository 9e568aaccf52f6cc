#include "classifier/gazetteer.h"

#include <string>
#include <vector>

#include "classifier/region_test_files.h"
#include "gtest/gtest.h"

namespace rubricator {
namespace {

std::string CompileRows(const std::string& forms) {
  const auto taxonomy = ShippedTaxonomy();
  const auto folder = TestFolder();
  return CompileGazetteer(
             {WriteTestFile(folder / "forms.tsv", forms), WriteTestFile(folder / "policy.tsv", "")},
             *taxonomy)
      .value();
}

std::vector<NameMatch> Match(const std::string& forms, std::string_view text) {
  const auto gazetteer = Gazetteer::Load(CompileRows(forms)).value();
  TokenizedText tokens;
  Tokenize(text, tokens);
  std::vector<NameMatch> matches;
  gazetteer->Match(tokens, matches);
  return matches;
}

TEST(GazetteerTest, TakesTheLongestForm) {
  const std::string forms = "Guinea\tGN\tname\t-\t-\ta\nPapua New Guinea\tPG\tname\t-\t-\ta\n";
  const auto matches = Match(forms, "from Papua New Guinea to Guinea");
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].first, 1u);
  EXPECT_EQ(matches[0].count, 3u);
  EXPECT_EQ(matches[1].count, 1u);
}

TEST(GazetteerTest, FallsBackToTheShorterFormWhenTheLongerOneStops) {
  const std::string forms = "Guinea\tGN\tname\t-\t-\ta\nGuinea Bissau City\tGW\tcity\t-\t-\ta\n";
  EXPECT_EQ(Match(forms, "Guinea Bissau village").size(), 1u);
}

TEST(GazetteerTest, HoldsLettersToTheCaseOfTheTable) {
  struct Case {
    std::string_view name, row, text;
    size_t want;
  };
  for (const Case& c :
       {Case{"name capitalised", "Куба\tCU\tname\t-\t-\ta\n", "на Куба", 1},
        Case{"name in lower case", "Куба\tCU\tname\t-\t-\ta\n", "на куба", 0},
        Case{"name in capitals", "Куба\tCU\tname\t-\t-\ta\n", "на КУБА", 1},
        Case{"adjective in lower case", "кубинский\tCU\tadjective\t-\t-\ta\n", "кубинский сахар",
             1},
        Case{"adjective capitalised", "кубинский\tCU\tadjective\t-\t-\ta\n", "Кубинский сахар", 1},
        Case{"abbreviation in capitals", "US\tUS\tname\t-\t-\ta\n", "the US", 1},
        Case{"abbreviation capitalised", "US\tUS\tname\t-\t-\ta\n", "Us", 0},
        Case{"long abbreviation capitalised", "NASA\tUS\tinstitution\t-\t-\ta\n", "the Nasa probe",
             1},
        Case{"yo for ye", "Кишинёв\tMD\tcapital\t-\t-\ta\n", "Кишинев", 1}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Match(std::string(c.row), c.text).size(), c.want);
  }
}

TEST(GazetteerTest, MatchesACompoundsHalfOnlyBeforeAHyphen) {
  const std::string forms = "российско\tRU\tadjective\tcompound\t-\ta\n";
  EXPECT_EQ(Match(forms, "российско-киргизский").size(), 1u);
  EXPECT_EQ(Match(forms, "российско киргизский").size(), 0u);
}

TEST(GazetteerTest, AsksForSupportAsTheRulesSay) {
  struct Case {
    std::string_view name, rules, text;
    bool want;
  };
  for (const Case& c : {Case{"start of a sentence", "initial", "Того мало", true},
                        Case{"within a sentence", "initial", "власти Того", false},
                        Case{"always", "support", "власти Того", true},
                        Case{"after a name", "after-name", "пел Иван Того", true},
                        Case{"after a preposition", "after-name", "В Того", false},
                        Case{"before a name", "before-name", "пел Того Иванов", true},
                        Case{"before a word", "before-name", "пел Того громко", false}}) {
    SCOPED_TRACE(c.name);
    const auto matches = Match("Того\tTG\tname\t" + std::string(c.rules) + "\t-\ta\n", c.text);
    ASSERT_EQ(matches.size(), 1u);
    EXPECT_EQ(matches[0].needs_support, c.want);
  }
}

TEST(GazetteerTest, DoesNotJoinWordsOverASentenceEnd) {
  const std::string forms = "New York\tUS\tplace\t-\t-\ta\n";
  EXPECT_EQ(Match(forms, "It is New. York is old").size(), 0u);
  EXPECT_EQ(Match(forms, "It is New\nYork").size(), 0u);
}

TEST(GazetteerTest, RefusesBrokenBytes) {
  const std::string bytes = CompileRows("Куба\tCU\tname\t-\t-\ta\n");
  EXPECT_TRUE(Gazetteer::Load(bytes).ok());
  for (const size_t size : {size_t{0}, size_t{7}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_EQ(Gazetteer::Load(bytes.substr(0, size)).status().code(), absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(Gazetteer::Load(bytes + "x").status().code(), absl::StatusCode::kDataLoss);
  std::string other_version = bytes;
  other_version[4] ^= 1;
  EXPECT_EQ(Gazetteer::Load(other_version).status().code(), absl::StatusCode::kDataLoss);
}

TEST(GazetteerTest, SurvivesFlippedBytes) {
  const std::string bytes = CompileRows("Куба\tCU\tname\t-\t-\ta\nNew York\tUS\tplace\t-\t-\ta\n");
  TokenizedText tokens;
  Tokenize("Куба, New York и ещё много слов, чтобы было что искать", tokens);
  const size_t tables = bytes.size() - 200;  // past the filter, where indexes live
  for (size_t i = 0; i < bytes.size(); i += i < tables ? 997 : 1) {
    std::string broken = bytes;
    broken[i] = static_cast<char>(broken[i] ^ 0x5A);
    const auto gazetteer = Gazetteer::Load(broken);
    if (!gazetteer.ok()) continue;
    std::vector<NameMatch> matches;
    (*gazetteer)->Match(tokens, matches);
  }
}

}  // namespace
}  // namespace rubricator
