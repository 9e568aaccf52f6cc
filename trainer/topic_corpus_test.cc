#include "trainer/topic_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trainer/held_out.h"

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kStory =
    "the mayor of the town opened a new bridge over the river on a cold monday morning";

LabelledArticle Make(const std::string& id, const std::string& body, const std::string& topic) {
  LabelledArticle article;
  article.id = id;
  article.language = "en";
  article.title = "Title";
  article.body = body;
  article.is_labelled = true;
  article.topics = {topic};
  return article;
}

FeatureOptions SmallFeatures() {
  FeatureOptions features;
  features.buckets = 1 << 12;
  return features;
}

std::vector<TopicLabel> Labels() {
  std::vector<TopicLabel> labels(1);
  labels[0].id = "city-hall";
  return labels;
}

TEST(TopicCorpusTest, ForgetsTextsAndUnknownLabels) {
  TopicCorpus corpus(SmallFeatures());
  corpus.Add(Make("a", kStory, "city-hall"));
  corpus.Add(Make("b", "pupils wrote their exams in the old school by the market", "schools"));
  EXPECT_EQ(corpus.label_counts().at("schools"), 1u);
  corpus.Finish(2, Labels());
  ASSERT_EQ(corpus.texts().size(), 2u);
  EXPECT_THAT(corpus.texts()[0].article.body, IsEmpty());
  EXPECT_THAT(corpus.texts()[0].article.title, IsEmpty());
  EXPECT_EQ(corpus.texts()[0].words.size(), 18u);
  EXPECT_THAT(corpus.texts()[0].article.topics, ElementsAre("city-hall"));
  EXPECT_THAT(corpus.texts()[1].article.topics, IsEmpty());
}

TEST(TopicCorpusTest, PutsNearDuplicatesIntoOneFold) {
  TopicCorpus corpus(SmallFeatures());
  corpus.Add(Make("a", kStory, "city-hall"));
  for (int i = 0; i < 20; ++i)
    corpus.Add(Make("x" + std::to_string(i), "text number " + std::to_string(i), "city-hall"));
  corpus.Add(Make("b", std::string(kStory) + " said", "city-hall"));
  corpus.Finish(10, Labels());
  EXPECT_EQ(corpus.texts().front().fold, corpus.texts().back().fold);
}

// Bands meet by chance in a big archive: only texts that are alike may be joined, or all end in one
// fold.
TEST(NearDuplicatesTest, KeepsTextsApartThatShareABandOnly) {
  TextSignature a{}, b{};
  for (uint32_t h = 0; h < 12; ++h) {
    a[h] = 2 * h + 1;
    b[h] = h < 2 ? a[h] : 2 * h + 101;
  }
  EXPECT_EQ(BandsOf(a)[0], BandsOf(b)[0]);
  EXPECT_FALSE(AreNearDuplicates(a, b));
  for (uint32_t h = 0; h < 6; ++h) b[h] = a[h];
  EXPECT_TRUE(AreNearDuplicates(a, b));
  EXPECT_FALSE(AreNearDuplicates(TextSignature{}, TextSignature{}));
}

TEST(TopicCorpusTest, LeavesStrayLanguagesOut) {
  TopicCorpus corpus(SmallFeatures());
  for (int i = 0; i < 400; ++i) corpus.Add(Make("", "text", "city-hall"));
  LabelledArticle stray = Make("", "text", "city-hall");
  stray.language = "bg";
  corpus.Add(stray);
  EXPECT_THAT(corpus.Languages(), ElementsAre("en"));
}

TEST(TopicCorpusTest, FingerprintTellsLabelsApart) {
  uint64_t fingerprints[2];
  for (const int i : {0, 1}) {
    TopicCorpus corpus(SmallFeatures());
    corpus.Add(Make("a", kStory, i == 0 ? "city-hall" : "schools"));
    corpus.Finish(2, Labels());
    fingerprints[i] = corpus.Fingerprint();
    EXPECT_EQ(TopicCorpus(corpus).Fingerprint(), fingerprints[i]);
  }
  EXPECT_NE(fingerprints[0], fingerprints[1]);
}

TEST(HeldOutArticlesTest, CoverIdsAndNearDuplicates) {
  HeldOutArticles held_out;
  EXPECT_FALSE(held_out.Cover(Make("a", kStory, "city-hall")));
  held_out.Add(Make("a", kStory, "city-hall"));
  EXPECT_TRUE(held_out.Cover(Make("a", "another text altogether", "city-hall")));
  EXPECT_TRUE(held_out.Cover(Make("b", std::string(kStory) + " said", "city-hall")));
  EXPECT_FALSE(
      held_out.Cover(Make("b", "pupils wrote their exams in the old school", "city-hall")));
}

}  // namespace
}  // namespace rubricator
