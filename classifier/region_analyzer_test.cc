#include "classifier/region_analyzer.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "classifier/region_test_files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace rubricator {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::filesystem::path kBundle =
    std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "models/default";

class RegionAnalyzerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { analyzer_ = RegionAnalyzer::Load(kBundle).value().release(); }
  static void TearDownTestSuite() { delete analyzer_; }

  static std::vector<Region> Analyze(const std::string& title, const std::string& body,
                                     const std::string& language) {
    TokenizedText title_tokens;
    TokenizedText body_tokens;
    Tokenize(title, title_tokens);
    Tokenize(body, body_tokens);
    return analyzer_->Analyze(title_tokens, title, body_tokens, body, language, std::nullopt, true);
  }
  static std::vector<std::string> Codes(const std::vector<Region>& regions, RegionRole role) {
    std::vector<std::string> codes;
    for (const Region& region : regions) {
      if (region.role == role) codes.push_back(region.code);
    }
    return codes;
  }
  static const RegionAnalyzer* analyzer_;
};
const RegionAnalyzer* RegionAnalyzerTest::analyzer_ = nullptr;

TEST_F(RegionAnalyzerTest, GivesBothCountriesOfABilateralMeeting) {
  const auto regions = Analyze("Президенты России и Киргизии провели переговоры в Бишкеке",
                               "Стороны обсудили торговлю и охрану границы.", "ru");
  EXPECT_THAT(Codes(regions, RegionRole::kFocus), UnorderedElementsAre("RU", "KG"));
}

TEST_F(RegionAnalyzerTest, TellsTheCountryOfAnArticleThatNamesNone) {
  const auto regions = Analyze("Госдума приняла закон о маткапитале",
                               "Депутаты поддержали поправки правительства о пенсиях.", "ru");
  EXPECT_THAT(Codes(regions, RegionRole::kFocus), ElementsAre("RU"));
}

TEST_F(RegionAnalyzerTest, GivesNoCountryToAnEmptyText) {
  EXPECT_THAT(Analyze("", "", "ru"), IsEmpty());
  EXPECT_THAT(Analyze("", "...", "en"), IsEmpty());
}

TEST_F(RegionAnalyzerTest, PointsAtTheWordsThatNamedACountry) {
  const std::string body = "The French president met the German chancellor in Berlin.";
  for (const Region& region : Analyze("", body, "en")) {
    double total = 0;
    std::vector<std::string> words;
    for (const Evidence& evidence : region.evidence) {
      ASSERT_LT(evidence.begin, evidence.end);
      ASSERT_LE(evidence.end, body.size());
      words.push_back(body.substr(evidence.begin, evidence.end - evidence.begin));
      total += evidence.contribution;
    }
    EXPECT_NEAR(total, 1.0, 1e-6);
    if (region.code == "DE") {
      EXPECT_THAT(words, ElementsAre("German", "Berlin"));
    }
    if (region.code == "FR") {
      EXPECT_THAT(words, ElementsAre("French"));
    }
  }
}

TEST_F(RegionAnalyzerTest, AddsAreasAndGroupsAndOrdersByConfidence) {
  const auto regions =
      Analyze("Парламент Киргизии избрал спикера", "Заседание прошло в Бишкеке.", "ru");
  ASSERT_FALSE(regions.empty());
  EXPECT_EQ(regions[0].code, "KG");
  EXPECT_THAT(regions[0].areas, ElementsAre("143", "142", "001"));
  EXPECT_THAT(regions[0].groups, Contains("x-cis"));
  EXPECT_GE(regions[0].confidence, 0.5);
  EXPECT_LE(regions[0].confidence, 1.0);
}

TEST_F(RegionAnalyzerTest, TakesALongHostileTextWithoutHarm) {
  std::string body;
  for (int i = 0; i < 20000; ++i) body += i % 3 == 0 ? "Россия-" : "\xFF Конго ";
  EXPECT_FALSE(Analyze(body.substr(0, 4000), body, "ru").empty());
}

TEST(RegionAnalyzerLoadTest, RefusesAMissingOrBrokenFile) {
  for (const char* name :
       {"gazetteer.bin", "region-model.bin", "region-taxonomy.tsv", "region-groups.tsv"}) {
    SCOPED_TRACE(name);
    const auto folder = TestFolder();
    for (const char* file :
         {"gazetteer.bin", "region-model.bin", "region-taxonomy.tsv", "region-groups.tsv"}) {
      std::filesystem::copy_file(kBundle / file, folder / file);
    }
    ASSERT_TRUE(RegionAnalyzer::Load(folder).ok());
    if (std::string_view(name).ends_with(".bin")) {
      std::filesystem::resize_file(folder / name, std::filesystem::file_size(folder / name) / 2);
      EXPECT_EQ(RegionAnalyzer::Load(folder).status().code(), absl::StatusCode::kDataLoss);
    }
    std::filesystem::remove(folder / name);
    EXPECT_EQ(RegionAnalyzer::Load(folder).status().code(), absl::StatusCode::kNotFound);
  }
}

}  // namespace
}  // namespace rubricator
