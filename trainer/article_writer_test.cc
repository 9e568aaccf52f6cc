#include "trainer/article_writer.h"

#include <gtest/gtest.h>

#include "trainer/article_reader.h"

namespace rubricator {
namespace {

TEST(ArticleWriterTest, WritesWhatTheReaderReads) {
  const std::filesystem::path path = ::testing::TempDir() + "article_writer_test.jsonl";
  LabelledArticle article;
  article.id = "a";
  article.language = "ru";
  article.source = "Газета";
  article.title = "Он сказал \"нет\"";
  article.body = "одна строка\nдругая";
  article.published_at = 1715904000.0;
  article.weight = 5.0f;
  article.is_labelled = true;
  article.topics = {"city-hall"};
  article.has_regions = true;
  article.regions = {"KG"};
  article.topic_scores = {{"schools", 0.25}};
  {
    auto writer = ArticleWriter::Begin(path);
    ASSERT_TRUE(writer.ok()) << writer.status();
    ASSERT_TRUE(writer->Write(article).ok());
    EXPECT_FALSE(std::filesystem::exists(path));
    ASSERT_TRUE(writer->Finish().ok());
  }
  std::vector<LabelledArticle> read;
  ASSERT_TRUE(ReadArticles(
                  path, [&](LabelledArticle item) { read.push_back(std::move(item)); },
                  [](const BadLine& line) { ADD_FAILURE() << line.problem; })
                  .ok());
  std::filesystem::remove(path);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].id, article.id);
  EXPECT_EQ(read[0].source, article.source);
  EXPECT_EQ(read[0].title, article.title);
  EXPECT_EQ(read[0].body, article.body);
  EXPECT_EQ(read[0].published_at, article.published_at);
  EXPECT_EQ(read[0].weight, article.weight);
  EXPECT_EQ(read[0].topics, article.topics);
  EXPECT_EQ(read[0].regions, article.regions);
  EXPECT_EQ(read[0].topic_scores, article.topic_scores);
}

TEST(ArticleWriterTest, LeavesNothingUnlessFinished) {
  const std::filesystem::path path = ::testing::TempDir() + "article_writer_test.jsonl";
  {
    auto writer = ArticleWriter::Begin(path);
    ASSERT_TRUE(writer.ok()) << writer.status();
    ASSERT_TRUE(writer->Write({}).ok());
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".unfinished"));
  EXPECT_EQ(ArticleWriter::Begin("/no/such/folder/a.jsonl").status().code(),
            absl::StatusCode::kUnknown);
}

}  // namespace
}  // namespace rubricator
