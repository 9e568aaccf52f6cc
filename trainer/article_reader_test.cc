#include "trainer/article_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ArticleReaderTest : public ::testing::Test {
 protected:
  ArticleReaderTest() : path_(::testing::TempDir() + "article_reader_test.jsonl") {}
  ~ArticleReaderTest() override { std::filesystem::remove(path_); }

  absl::Status Read(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    return ReadFile();
  }
  absl::Status ReadFile() {
    return ReadArticles(
        path_, [&](LabelledArticle article) { articles_.push_back(std::move(article)); },
        [&](BadLine line) { bad_.push_back(std::move(line)); });
  }

  std::filesystem::path path_;
  std::vector<LabelledArticle> articles_;
  std::vector<BadLine> bad_;
};

TEST_F(ArticleReaderTest, ReadsWhatAnAnnotatorWrote) {
  ASSERT_TRUE(
      Read(R"({"id":"a","lang":"ru","source":"s","date":"2024-05-17","title":"T","body":"B",)"
           R"("topics":["sport","sport"],"regions":["KG"],"other":1})"
           "\n\n"
           R"({"title":"U"})")
          .ok());
  ASSERT_EQ(articles_.size(), 2u);
  EXPECT_EQ(articles_[0].id, "a");
  EXPECT_EQ(articles_[0].language, "ru");
  EXPECT_THAT(articles_[0].topics, ElementsAre("sport"));
  EXPECT_THAT(articles_[0].regions, ElementsAre("KG"));
  EXPECT_EQ(articles_[0].published_at, 1715904000.0);
  EXPECT_TRUE(articles_[0].is_labelled);
  EXPECT_FALSE(articles_[1].is_labelled);
  EXPECT_TRUE(bad_.empty());
}

TEST_F(ArticleReaderTest, ReadsGzip) {
  gzFile file = gzopen(path_.c_str(), "wb");
  gzputs(file, "{\"title\":\"T\"}\n");
  gzclose(file);
  ASSERT_TRUE(ReadFile().ok());
  EXPECT_EQ(articles_.size(), 1u);
}

TEST_F(ArticleReaderTest, MakesArticlesOfParagraphsAndPairsOfThem) {
  std::string words;
  for (int i = 0; i < 20; ++i) words += "слово ";
  ASSERT_TRUE(Read(R"({"id":"a","title":"T","topics":[],"paragraphs":[{"t":")" + words +
                   R"(","topics":["sport"]},{"t":"short","topics":["society"]}]})")
                  .ok());
  ASSERT_EQ(articles_.size(), 3u);
  EXPECT_FALSE(articles_[0].is_part);
  EXPECT_TRUE(articles_[1].is_part && articles_[2].is_part);
  EXPECT_EQ(articles_[1].id, "a#1+");
  EXPECT_THAT(articles_[1].topics, ElementsAre("sport", "society"));
  EXPECT_EQ(articles_[2].id, "a#1");
  EXPECT_THAT(articles_[2].topics, ElementsAre("sport"));
}

TEST_F(ArticleReaderTest, ListsBadLinesAndGoesOn) {
  struct Case {
    std::string_view name, line, problem;
  };
  for (const Case& c : {
           Case{"not JSON", "{", "not JSON"},
           Case{"no object", "[]", "not a JSON object"},
           Case{"no text", "{\"id\":\"a\"}", "title and body are empty"},
           Case{"wrong type", "{\"title\":1}", "title is no string"},
           Case{"topics", "{\"title\":\"T\",\"topics\":\"sport\"}", "topics is no array"},
           Case{"label", "{\"title\":\"T\",\"topics\":[\"a b\"]}", "white space"},
           Case{"date", "{\"title\":\"T\",\"date\":\"yesterday\"}", "date is neither"},
           Case{"score", "{\"title\":\"T\",\"topic_scores\":{\"a\":2}}", "topic_scores"},
           Case{"UTF-8", "{\"title\":\"\xFF\"}", "invalid UTF-8 at byte 10"},
       }) {
    SCOPED_TRACE(c.name);
    articles_.clear();
    bad_.clear();
    ASSERT_TRUE(Read(std::string(c.line) + "\n{\"title\":\"good\"}\n").ok());
    EXPECT_EQ(articles_.size(), 1u);
    ASSERT_EQ(bad_.size(), 1u);
    EXPECT_EQ(bad_[0].line, 1u);
    EXPECT_THAT(bad_[0].problem, HasSubstr(std::string(c.problem)));
  }
}

TEST_F(ArticleReaderTest, TakesAZeroByteAsOneOfTheLine) {
  ASSERT_TRUE(Read(std::string("{\"title\":\"a\0b\"}\n", 16) + "{\"title\":\"good\"}").ok());
  ASSERT_EQ(articles_.size(), 1u);
  EXPECT_EQ(articles_[0].title, "good");
  ASSERT_EQ(bad_.size(), 1u);
  EXPECT_EQ(bad_[0].problem, "not JSON");
}

TEST_F(ArticleReaderTest, RefusesFilesThatItCannotRead) {
  EXPECT_EQ(ReadFile().code(), absl::StatusCode::kNotFound);
  const absl::Status status = Read(std::string(kMaxLineBytes + 100, 'x'));
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr(":1: line is over"));
}

}  // namespace
}  // namespace rubricator
