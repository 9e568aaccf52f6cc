#include "trainer/archive_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace rubricator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ArchiveReaderTest : public ::testing::Test {
 protected:
  ArchiveReaderTest()
      : folder_(std::filesystem::path(::testing::TempDir()) / "archive_reader_test") {
    std::filesystem::create_directories(folder_);
    options_.language = "en";
  }
  ~ArchiveReaderTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  absl::Status Read(const std::string& name, const std::string& text) {
    articles_.clear();
    bad_.clear();
    return ReadArchive(
        Write(name, text), options_,
        [&](LabelledArticle article) { articles_.push_back(std::move(article)); },
        [&](BadLine line) { bad_.push_back(std::move(line)); });
  }

  std::filesystem::path folder_;
  ArchiveOptions options_;
  std::vector<LabelledArticle> articles_;
  std::vector<BadLine> bad_;
};

TEST_F(ArchiveReaderTest, ReadsQuotedCellsAndNamedColumns) {
  options_.columns = {{"title", "Headline"}, {"topics", "Tags"}};
  options_.label_separator = "|";
  ASSERT_TRUE(Read("a.csv",
                   "\xEF\xBB\xBF"
                   "Headline,body,Tags,date\r\n"
                   "\"He said \"\"no\"\", then left\",\"two\nlines\",sport| society ,2024-05-17\r\n"
                   "\r\n"
                   "plain,text,,\r\n")
                  .ok());
  EXPECT_THAT(bad_, IsEmpty());
  ASSERT_EQ(articles_.size(), 2u);
  EXPECT_EQ(articles_[0].title, "He said \"no\", then left");
  EXPECT_EQ(articles_[0].body, "two\nlines");
  EXPECT_THAT(articles_[0].topics, ElementsAre("sport", "society"));
  EXPECT_EQ(articles_[0].published_at, 1715904000.0);
  EXPECT_EQ(articles_[0].language, "en");
  EXPECT_TRUE(articles_[1].is_labelled);
  EXPECT_THAT(articles_[1].topics, IsEmpty());
}

TEST_F(ArchiveReaderTest, ListsBadRecordsByTheirFirstLine) {
  struct Case {
    std::string_view name, record, problem;
  };
  for (const Case& c : {
           Case{"too many fields", "a\tb\tc\td", "has 4 fields; the header has 3"},
           Case{"text after a quote", "\"a\" b\tc\tsport", "after a closing quotation mark"},
           Case{"never closed", "a\t\"b\tsport", "never closed"},
           Case{"label", "a\tb\tcity hall", "white space"},
           Case{"no text", "\t\tsport", "title and body are empty"},
           Case{"UTF-8", "a\xFF\tb\tsport", "invalid UTF-8"},
       }) {
    SCOPED_TRACE(c.name);
    ASSERT_TRUE(
        Read("a.tsv", "title\tbody\ttopics\ngood\t\"x\ny\"\tsport\n" + std::string(c.record) + "\n")
            .ok());
    EXPECT_EQ(articles_.size(), 1u);
    ASSERT_EQ(bad_.size(), 1u);
    EXPECT_EQ(bad_[0].line, 4u);
    EXPECT_THAT(bad_[0].problem, HasSubstr(std::string(c.problem)));
  }
}

TEST_F(ArchiveReaderTest, TakesQuotationMarksAsTheyAreIfAsked) {
  options_.has_quotes = false;
  ASSERT_TRUE(Read("a.tsv", "title\tbody\n\"Quoted\" headline\ttext\n").ok());
  ASSERT_EQ(articles_.size(), 1u);
  EXPECT_EQ(articles_[0].title, "\"Quoted\" headline");
  EXPECT_FALSE(articles_[0].is_labelled);
}

TEST_F(ArchiveReaderTest, RefusesTablesThatItCannotRead) {
  EXPECT_THAT(std::string(Read("a.csv", "Headline,text\na,b\n").message()),
              HasSubstr("it has: Headline, text"));
  options_.columns = {{"title", "Kop"}};
  EXPECT_THAT(std::string(Read("a.csv", "Headline,body\na,b\n").message()),
              HasSubstr("has no column \"Kop\""));
  EXPECT_EQ(Read("a.csv", "Kop,body\n\"" + std::string(kMaxLineBytes + 10, 'x')).code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(Read("a.doc", "x").code(), absl::StatusCode::kInvalidArgument);
}

constexpr const char* kExport = R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Site</title><wp:category><wp:category_nicename>city-hall</wp:category_nicename></wp:category>
<item><title>Mayor &amp; council</title><content:encoded><![CDATA[<p>The mayor</p><p>spoke &laquo;here&raquo;.</p>]]></content:encoded>
<wp:post_id>7</wp:post_id><wp:post_date_gmt>2024-05-17 00:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><category domain="category" nicename="city-hall"><![CDATA[City Hall]]></category>
<category domain="post_tag" nicename="mayor">Mayor</category><wp:postmeta><wp:meta_key>x</wp:meta_key></wp:postmeta></item>
<item><title>Draft</title><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Page</title><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title></title><content:encoded/><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>None</title><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>)";

TEST_F(ArchiveReaderTest, ReadsPostsOfAWordPressExport) {
  ASSERT_TRUE(Read("site.xml", kExport).ok());
  ASSERT_EQ(articles_.size(), 2u);
  EXPECT_EQ(articles_[0].id, "7");
  EXPECT_EQ(articles_[0].title, "Mayor & council");
  EXPECT_THAT(articles_[0].body, HasSubstr("The mayor\n"));
  EXPECT_THAT(articles_[0].body, HasSubstr("«here»"));
  EXPECT_THAT(articles_[0].topics, ElementsAre("city-hall"));
  EXPECT_EQ(articles_[0].published_at, 1715904000.0);
  EXPECT_TRUE(articles_[0].is_labelled);
  EXPECT_FALSE(articles_[1].is_labelled);
  ASSERT_EQ(bad_.size(), 1u);
  EXPECT_EQ(bad_[0].problem, "title and body are empty");
  options_.terms = {"category", "post_tag"};
  ASSERT_TRUE(Read("site.xml", kExport).ok());
  EXPECT_THAT(articles_[0].topics, ElementsAre("city-hall", "mayor"));
}

TEST_F(ArchiveReaderTest, RefusesXmlThatIsNoExport) {
  struct Case {
    std::string_view name, text, problem;
  };
  for (const Case& c : {
           Case{"entities", "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><rss>&c;</rss>",
                "DOCTYPE"},
           Case{"external", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><rss/>", "DOCTYPE"},
           Case{"cut", "<rss><item>", "a.xml:1: "},
           Case{"UTF-8", "<rss>\xFF</rss>", "a.xml:1: "},
       }) {
    SCOPED_TRACE(c.name);
    const absl::Status status = Read("a.xml", std::string(c.text));
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(c.problem)));
  }
}

TEST_F(ArchiveReaderTest, MapsAndDropsLabelsOfEveryFormat) {
  const auto map = LabelMap::Read(Write("map.tsv", "# names\nCity Hall\tcity-hall\r\nmisc\t\n"));
  ASSERT_TRUE(map.ok()) << map.status();
  options_.labels = *map;
  ASSERT_TRUE(Read("a.csv", "title,topics\nx,City Hall;misc\n").ok());
  EXPECT_THAT(articles_.at(0).topics, ElementsAre("city-hall"));
  ASSERT_TRUE(Read("a.jsonl", "{\"title\":\"x\",\"topics\":[\"misc\",\"City Hall\"]}\n").ok());
  EXPECT_THAT(articles_.at(0).topics, ElementsAre("city-hall"));
}

TEST_F(ArchiveReaderTest, RefusesLabelMapsThatItCannotRead) {
  EXPECT_EQ(LabelMap::Read(folder_ / "none").status().code(), absl::StatusCode::kNotFound);
  for (const char* text : {"a b\n", "\tb\n", "a\tb c\n", "a\tb\na\tc\n"}) {
    SCOPED_TRACE(text);
    const absl::Status status = LabelMap::Read(Write("map.tsv", text)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr("map.tsv:"));
  }
}

TEST_F(ArchiveReaderTest, DetectsTheLanguage) {
  options_.language.clear();
  ASSERT_TRUE(Read("a.csv",
                   "title,topics\nМэр города выступил на заседании совета,x\nThe mayor spoke at "
                   "the council,x\n")
                  .ok());
  EXPECT_EQ(articles_.at(0).language, "ru");
  EXPECT_EQ(articles_.at(1).language, "en");
}

}  // namespace
}  // namespace rubricator
