#include "plugin/cli/article_reader.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace rubricator::cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

class ArticleReaderTest : public testing::Test {
 protected:
  ArticleReaderTest() { fs::create_directory(folder_); }
  ~ArticleReaderTest() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return (folder_ / name).string();
  }

  // Ids and places of all articles.
  std::vector<std::string> ReadAll(const std::vector<std::string>& paths,
                                   ArticleReader::Options options = {}) {
    ArticleReader reader(paths, options,
                         [this](const std::string& m) { complaints_.push_back(m); });
    std::vector<std::string> ids;
    while (auto next = reader.Next()) ids.push_back(next->article.id());
    EXPECT_EQ(reader.failed(), complaints_.size());
    bytes_ = {reader.bytes_read(), reader.bytes_total()};
    return ids;
  }

  const fs::path folder_ =
      fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
  std::vector<std::string> complaints_;
  std::pair<uint64_t, uint64_t> bytes_;
};

TEST_F(ArticleReaderTest, GoesThroughAllInputsInOrder) {
  const std::string lines = Write("b.jsonl", "{\"id\": \"one\"}\n\n{\"body\": \"x\"}");
  const std::string text = Write("a.txt", "T\n\nB");
  EXPECT_THAT(ReadAll({lines, text}), ElementsAre("one", EndsWith("b.jsonl:3"), EndsWith("a.txt")));
  EXPECT_EQ(bytes_.first, bytes_.second);
  EXPECT_THAT(complaints_, ElementsAre());
}

TEST_F(ArticleReaderTest, TakesTheArticlesOfAFolderByName) {
  Write("b.html", "<p>x</p>");
  Write("a.txt", "x");
  Write("README.md", "not an article");
  EXPECT_THAT(ReadAll({folder_.string()}), ElementsAre(EndsWith("a.txt"), EndsWith("b.html")));
}

TEST_F(ArticleReaderTest, NamesTheLineAndGoesOn) {
  const std::string path = Write("in.jsonl", "{\"id\": \"one\"}\nnonsense\n{\"id\": \"two\"}\n");
  EXPECT_THAT(ReadAll({path, "/no/such/file"}), ElementsAre("one", "two"));
  EXPECT_THAT(complaints_, ElementsAre(HasSubstr("in.jsonl:2: not JSON"),
                                       HasSubstr("/no/such/file: No such file")));
}

TEST_F(ArticleReaderTest, SaysThatAFolderHoldsNothing) {
  EXPECT_THAT(ReadAll({folder_.string()}), ElementsAre());
  EXPECT_THAT(complaints_, ElementsAre(HasSubstr("no .txt, .html or .jsonl file")));
}

TEST_F(ArticleReaderTest, ReadsAsItIsTold) {
  const std::string path = Write("a.txt", "{\"id\": \"one\"}\n");
  EXPECT_THAT(ReadAll({path}, {.format = InputFormat::kJsonLines, .language = "ru"}),
              ElementsAre("one"));
}

TEST_F(ArticleReaderTest, PassesOverALineThatIsTooLong) {
  const std::string path = Write(
      "in.jsonl", "{\"id\": \"one\"}\n" + std::string(9 << 20, 'x') + "\n{\"id\": \"two\"}\n");
  EXPECT_THAT(ReadAll({path}), ElementsAre("one", "two"));
  EXPECT_THAT(complaints_, ElementsAre(HasSubstr("in.jsonl:2: line is over 8388608 bytes")));
}

}  // namespace
}  // namespace rubricator::cli
