#include "trainer/label_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace rubricator {
namespace {

using ::testing::HasSubstr;

const std::map<std::string, size_t> kCounts = {
    {"city-hall", 40}, {"schools", 30}, {"traffic", 3}, {"zoo", 19}};

TEST(ChooseLabelsTest, RefusesRareLabelsAndNamesThem) {
  const auto labels = ChooseLabels(kCounts, {});
  EXPECT_EQ(labels.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(labels.status().message()), HasSubstr("zoo (19), traffic (3)"));
}

TEST(ChooseLabelsTest, LeavesRareLabelsOutIfAsked) {
  const auto labels =
      ChooseLabels(kCounts, {.taxonomy = {}, .min_articles = 20, .drops_rare = true});
  ASSERT_TRUE(labels.ok());
  ASSERT_EQ(labels->size(), 2u);
  EXPECT_EQ((*labels)[0].id, "city-hall");
  EXPECT_EQ((*labels)[0].names.at("en"), "city-hall");
}

TEST(ChooseLabelsTest, TakesTheTaxonomysOrder) {
  const std::filesystem::path file = ::testing::TempDir() + "choose_labels_test.json";
  std::ofstream(file)
      << R"([{"id":"schools","names":{"en":"Schools"}},{"id":"zoo","names":{"en":"Zoo"}}])";
  const auto labels = ChooseLabels(kCounts, {.taxonomy = file});
  std::filesystem::remove(file);
  ASSERT_TRUE(labels.ok()) << labels.status();
  ASSERT_EQ(labels->size(), 2u);
  EXPECT_EQ((*labels)[0].id, "schools");
}

}  // namespace
}  // namespace rubricator
