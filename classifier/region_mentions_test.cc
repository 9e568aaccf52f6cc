#include "classifier/region_mentions.h"

#include <set>
#include <string>

#include "absl/strings/str_join.h"
#include "classifier/region_test_files.h"
#include "classifier/tab_separated.h"
#include "gtest/gtest.h"

namespace rubricator {
namespace {

constexpr double kYear = 365.25 * 86400;

std::string Codes(const Gazetteer& gazetteer, std::string_view text, std::string_view language,
                  std::optional<double> published_at = std::nullopt) {
  TokenizedText title;
  TokenizedText body;
  Tokenize(text, body);
  std::set<std::string> codes;
  for (const auto& mention : FindMentions(gazetteer, {title, body, language, published_at})) {
    codes.insert(gazetteer.countries()[mention.country]);
  }
  return codes.empty() ? "-" : absl::StrJoin(codes, ",");
}

TEST(RegionMentionsTest, NamesTheCountriesOfEveryRowOfTheTable) {
  const auto gazetteer = ShippedGazetteer();
  const auto path =
      std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "classifier/testdata/country_mentions.tsv";
  const auto table = ReadWholeFile(path);
  ASSERT_TRUE(table.ok()) << table.status();
  int rows = 0;
  const auto status = ForEachRow(*table, "country_mentions.tsv", [&](const auto& fields, int line) {
    SCOPED_TRACE(line);
    EXPECT_EQ(fields.size(), 4u);
    if (fields.size() != 4) return absl::InvalidArgumentError("want case, language, text, codes");
    EXPECT_EQ(Codes(*gazetteer, fields[2], fields[1]), fields[3]) << fields[0] << ": " << fields[2];
    ++rows;
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_GE(rows, 150);
}

TEST(RegionMentionsTest, CountsALeaderOnlyInTheYearsOfTheTable) {
  const auto gazetteer = ShippedGazetteer();
  EXPECT_EQ(Codes(*gazetteer, "Mr Blair spoke", "en", 33 * kYear), "GB");  // 2003
  EXPECT_EQ(Codes(*gazetteer, "Mr Blair spoke", "en", 54 * kYear), "-");   // 2024
  EXPECT_EQ(Codes(*gazetteer, "Mr Blair spoke", "en"), "GB");              // no date
}

TEST(RegionMentionsTest, TellsTitleFromBodyAndKeepsTheOrderOfTheText) {
  const auto gazetteer = ShippedGazetteer();
  TokenizedText title;
  TokenizedText body;
  Tokenize("Выборы в Польше", title);
  Tokenize("Чехия и Польша", body);
  const auto mentions = FindMentions(*gazetteer, {title, body, "ru", std::nullopt});
  ASSERT_EQ(mentions.size(), 3u);
  EXPECT_EQ(mentions[0].field, ArticleField::kTitle);
  EXPECT_EQ(gazetteer->countries()[mentions[1].country], "CZ");
  EXPECT_EQ(gazetteer->countries()[mentions[2].country], "PL");
  EXPECT_EQ(mentions[2].first, 2u);
}

TEST(RegionMentionsTest, MarksThePolicysSecondCodeAsOptional) {
  const auto gazetteer = ShippedGazetteer();
  TokenizedText title;
  TokenizedText body;
  Tokenize("отдых в Крыму", body);
  for (const auto& mention : FindMentions(*gazetteer, {title, body, "ru", std::nullopt})) {
    EXPECT_EQ(mention.optional, gazetteer->countries()[mention.country] == "RU");
  }
}

TEST(RegionMentionsTest, GivesABodyToTheCountryNamedAfterIt) {
  const auto gazetteer = ShippedGazetteer();
  EXPECT_EQ(Codes(*gazetteer, "в Минобороны сообщили", "ru"), "RU");
  EXPECT_EQ(Codes(*gazetteer, "в Минобороны Казахстана сообщили", "ru"), "KZ");
}

TEST(RegionMentionsTest, SurvivesDatesBeyondTheCalendar) {
  const auto gazetteer = ShippedGazetteer();
  EXPECT_EQ(Codes(*gazetteer, "Mr Blair spoke", "en", 1e300), "GB");
  EXPECT_EQ(Codes(*gazetteer, "Mr Blair spoke", "en", -1e300), "GB");
}

}  // namespace
}  // namespace rubricator
