#include "trainer/region_trainer.h"

#include <string>
#include <vector>

#include "classifier/region_test_files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace rubricator {
namespace {

using ::testing::HasSubstr;

// Articles of an invented archive: half name their country, half speak of things that only one has.
std::vector<RegionTrainingArticle> Archive(int count) {
  const std::string named[] = {"Выборы прошли в Польше, сообщает штаб номер ",
                               "Выборы прошли в Киргизии, сообщает штаб номер "};
  const std::string unnamed[] = {"Воеводы обсудили злотый и гмины по делу ",
                                 "Акимы обсудили жайлоо и айылы по делу "};
  const std::string codes[] = {"PL", "KG"};
  std::vector<RegionTrainingArticle> articles;
  for (int i = 0; i < count; ++i) {
    const int country = i % 2;
    articles.push_back({.title = "",
                        .body = (i % 4 < 2 ? named : unnamed)[country] + std::to_string(i),
                        .language = "ru",
                        .published_at = std::nullopt,
                        .regions = {codes[country]},
                        .weight = 1.0F,
                        .fold_key = std::to_string(i)});
  }
  return articles;
}

RegionTrainingOptions QuickOptions() {
  RegionTrainingOptions options;
  options.words.epochs = 6;
  options.focus.trees = options.main.trees = 10;
  options.focus.learning_rate = 0.3;
  return options;
}

TEST(RegionTrainerTest, LearnsTheCountryThatOnlyTheWordsSuggest) {
  const auto gazetteer = ShippedGazetteer();
  const auto result = TrainRegions(*gazetteer, Archive(400), {}, QuickOptions());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->set_f1, 0.95);
  EXPECT_GT(result->focus_accuracy, 0.95);
  EXPECT_LE(result->calibration_error, 0.06);
  EXPECT_EQ(result->held_out.size(), 400u);
  EXPECT_TRUE(RegionModel::Load(result->model, *gazetteer).ok());
}

TEST(RegionTrainerTest, GivesTheSameBytesForTheSameArticles) {
  const auto gazetteer = ShippedGazetteer();
  const auto archive = Archive(200);
  RegionTrainingOptions one_thread = QuickOptions();
  one_thread.threads = 1;
  EXPECT_TRUE(TrainRegions(*gazetteer, archive, {}, QuickOptions())->model ==
              TrainRegions(*gazetteer, archive, {}, one_thread)->model);
}

TEST(RegionTrainerTest, RefusesWhatItCannotTrainOn) {
  const auto gazetteer = ShippedGazetteer();
  const auto few = TrainRegions(*gazetteer, Archive(99), {}, QuickOptions());
  EXPECT_EQ(few.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(few.status().message()), HasSubstr("99 articles"));
  RegionTrainingOptions one_fold = QuickOptions();
  one_fold.folds = 1;
  EXPECT_EQ(TrainRegions(*gazetteer, Archive(200), {}, one_fold).status().code(),
            absl::StatusCode::kInvalidArgument);
  auto archive = Archive(200);
  archive[7].regions = {"QZ"};
  const auto unknown = TrainRegions(*gazetteer, archive, {}, QuickOptions());
  EXPECT_THAT(std::string(unknown.status().message()), HasSubstr("region QZ"));
}

TEST(RegionModelTest, RefusesBrokenBytes) {
  const auto gazetteer = ShippedGazetteer();
  const std::string bytes = TrainRegions(*gazetteer, Archive(200), {}, QuickOptions())->model;
  for (const size_t size : {size_t{0}, size_t{9}, bytes.size() / 2, bytes.size() - 1}) {
    EXPECT_EQ(RegionModel::Load(bytes.substr(0, size), *gazetteer).status().code(),
              absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(RegionModel::Load(bytes + "x", *gazetteer).status().code(),
            absl::StatusCode::kDataLoss);
  std::string unknown_country = bytes;
  unknown_country[unknown_country.find("\x02KG\x02PL") + 1] = 'Q';
  EXPECT_EQ(RegionModel::Load(unknown_country, *gazetteer).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace rubricator
