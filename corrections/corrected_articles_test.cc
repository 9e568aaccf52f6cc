#include "corrections/corrected_articles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "corrections/correction_database.h"

namespace rubricator {
namespace {

absl::StatusOr<std::vector<CorrectedArticle>> ReadAll(const std::string& source) {
  std::vector<CorrectedArticle> articles;
  const absl::Status status = ReadCorrectedArticles(
      source, [&](CorrectedArticle article) { articles.push_back(std::move(article)); });
  if (!status.ok()) return status;
  return articles;
}

std::string Path(const std::string& name) {
  return (std::filesystem::path(testing::TempDir()) / name).string();
}

TEST(CorrectedArticlesTest, ComeFromAStore) {
  const std::string url = "sqlite:" + Path("store.db");
  {
    CorrectionDatabase store({.location = *StoreLocation::Parse(url)});
    for (int i = 0; i < 1500; ++i) {
      NewCorrection correction;
      correction.idempotency_key = absl::StrCat(i);
      correction.correction.set_article_sha256(absl::StrCat("sha-", i));
      correction.correction.mutable_article()->set_body("<p>text</p>");
      correction.correction.mutable_corrected()->add_topics("security");
      correction.correction.mutable_corrected()->add_regions("KG");
      ASSERT_TRUE(store.Record(correction, {}).ok());
    }
  }
  const auto articles = ReadAll(url);
  ASSERT_TRUE(articles.ok()) << articles.status();
  ASSERT_EQ(articles->size(), 1500U);
  EXPECT_EQ((*articles)[1499].sha256, "sha-1499");
  EXPECT_TRUE((*articles)[0].is_html);
  EXPECT_THAT((*articles)[0].topics, testing::ElementsAre("security"));
  EXPECT_THAT((*articles)[0].regions, testing::ElementsAre("KG"));
}

TEST(CorrectedArticlesTest, ComeFromAFileAsProtobufOrJavaScriptNamesFields) {
  std::ofstream(Path("c.jsonl"))
      << R"({"id": "7", "article_sha256": "a", "corrected": {"topics": ["sport"]}})"
      << "\n\n"
      << R"({"articleSha256": "b", "article": {"title": "T"}, "corrected": {}, "new_field": 1})";
  const auto articles = ReadAll(Path("c.jsonl"));
  ASSERT_TRUE(articles.ok()) << articles.status();
  ASSERT_EQ(articles->size(), 2U);
  EXPECT_EQ((*articles)[0].sha256, "a");
  EXPECT_EQ((*articles)[1].sha256, "b");
  EXPECT_EQ((*articles)[1].title, "T");
  EXPECT_THAT((*articles)[1].topics, testing::IsEmpty());
}

TEST(CorrectedArticlesTest, NamesTheLineOrPlaceThatIsWrong) {
  std::ofstream(Path("bad.jsonl")) << R"({"article_sha256": "a"})"
                                   << "\n{\"title\": 1}\n";
  const absl::Status bad = ReadAll(Path("bad.jsonl")).status();
  EXPECT_EQ(bad.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(bad.message()), testing::HasSubstr("bad.jsonl:2"));
  EXPECT_EQ(ReadAll(Path("none.jsonl")).status().code(), absl::StatusCode::kNotFound);
  const std::string nowhere = Path("none.db");
  EXPECT_EQ(ReadAll("sqlite:" + nowhere).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(std::filesystem::exists(nowhere));
}

}  // namespace
}  // namespace rubricator
