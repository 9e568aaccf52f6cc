#include "classifier/region_taxonomy.h"

#include <string>

#include "classifier/region_test_files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace rubricator {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kDay = 86400;
constexpr double kGeorgiaLeft = 14474 * kDay;  // 2009-08-18

constexpr char kPlaces[] =
    "area\t001\tмир\tworld\t-\narea\t142\tАзия\tAsia\t001\ncountry\tKG\tКиргизия\tKyrgyzstan\t142,"
    "001\n";

absl::Status LoadWith(const std::string& places, const std::string& groups) {
  const auto folder = TestFolder();
  WriteTestFile(folder / "region-taxonomy.tsv", places);
  WriteTestFile(folder / "region-groups.tsv", groups);
  return RegionTaxonomy::Load(folder).status();
}

TEST(RegionTaxonomyTest, KnowsTheAreasOfACountryNearestFirst) {
  const auto taxonomy = ShippedTaxonomy();
  EXPECT_THAT(taxonomy->Areas("KG"), ElementsAre("143", "142", "001"));
  EXPECT_THAT(taxonomy->Areas("143"), ElementsAre("142", "001"));
  EXPECT_TRUE(taxonomy->Areas("nowhere").empty());
  EXPECT_THAT(taxonomy->Members("143", std::nullopt), ElementsAre("KG", "KZ", "TJ", "TM", "UZ"));
}

TEST(RegionTaxonomyTest, DatesMembership) {
  const auto taxonomy = ShippedTaxonomy();
  EXPECT_TRUE(taxonomy->Contains("x-cis", "GE", kGeorgiaLeft - 1));
  EXPECT_FALSE(taxonomy->Contains("x-cis", "GE", kGeorgiaLeft));
  EXPECT_FALSE(taxonomy->Contains("x-cis", "GE", std::nullopt));
  EXPECT_TRUE(taxonomy->Contains("x-cis", "KG", std::nullopt));
  EXPECT_THAT(taxonomy->Groups("KG", std::nullopt),
              ElementsAre("x-cis", "x-csto", "x-eaeu", "x-ots", "x-post-soviet", "x-sco"));
  EXPECT_THAT(taxonomy->Groups("KG", 0.0), ElementsAre());
  EXPECT_THAT(taxonomy->Members("EU", std::nullopt), Not(Contains("GB")));
  EXPECT_THAT(taxonomy->Members("EU", 12000 * kDay), Contains("GB"));
  EXPECT_THAT(taxonomy->Members("EU", std::nullopt), Contains("EU"));
}

TEST(RegionTaxonomyTest, NamesEverythingInBothLanguages) {
  const auto taxonomy = ShippedTaxonomy();
  using Kind = RegionTaxonomy::Kind;
  for (const Kind kind : {Kind::kCountry, Kind::kArea, Kind::kGroup}) {
    for (const std::string& id : taxonomy->Ids(kind)) {
      SCOPED_TRACE(id);
      EXPECT_TRUE(taxonomy->Has(id));
      EXPECT_FALSE(taxonomy->DisplayName(id, "ru").empty());
      EXPECT_FALSE(taxonomy->DisplayName(id, "ky").empty());
    }
  }
  EXPECT_EQ(taxonomy->DisplayName("KG", "ru"), "Киргизия");
  EXPECT_EQ(taxonomy->DisplayName("QZ", "ru"), "");
  EXPECT_FALSE(taxonomy->HasCountry("143"));
}

TEST(RegionTaxonomyTest, RefusesBadTablesWithFileAndLine) {
  const std::string group = "group\tx-g\tГ\tG\n";
  struct Case {
    std::string_view name;
    std::string places, groups, want;
  };
  for (const Case& c : {
           Case{"id twice", std::string(kPlaces) + "country\tKG\tК\tK\t001\n", "",
                "region-taxonomy.tsv:4: id KG stands twice"},
           Case{"unknown area", "country\tKG\tК\tK\t999\n", "",
                "region-taxonomy.tsv:1: unknown area 999"},
           Case{"short row", "country\tKG\n", "", "region-taxonomy.tsv:1: want country|area"},
           Case{"unknown country", kPlaces, group + "member\tx-g\tQZ\t-\t-\tours\n",
                "region-groups.tsv:2: unknown country QZ"},
           Case{"unknown group", kPlaces, "member\tx-h\tKG\t-\t-\tours\n",
                "region-groups.tsv:1: unknown group x-h"},
           Case{"no day", kPlaces, group + "member\tx-g\tKG\t2001-02-30\t-\tours\n",
                "region-groups.tsv:2: there is no day 2001-02-30"},
           Case{"no date", kPlaces, group + "member\tx-g\tKG\tsoon\t-\tours\n",
                "region-groups.tsv:2: \"soon\" is no date"},
           Case{"ends early", kPlaces, group + "member\tx-g\tKG\t2002-01-01\t2001-01-01\tours\n",
                "region-groups.tsv:2: the membership ends before it begins"},
           Case{"no source", kPlaces, group + "member\tx-g\tKG\t-\t-\t\n",
                "region-groups.tsv:2: the membership has no source"},
           Case{"overlap", kPlaces,
                group + "member\tx-g\tKG\t2001-01-01\t2005-01-01\tours\nmember\tx-g\tKG\t2005-01-"
                        "01\t-\tours\n",
                "region-groups.tsv:3: KG in x-g overlaps region-groups.tsv:2"},
           Case{"group twice", kPlaces, group + group,
                "region-groups.tsv:2: group x-g stands twice"},
       }) {
    SCOPED_TRACE(c.name);
    const absl::Status status = LoadWith(c.places, c.groups);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.want));
  }
}

TEST(RegionTaxonomyTest, SaysWhichFileIsMissing) {
  EXPECT_EQ(RegionTaxonomy::Load(TestFolder()).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace rubricator
