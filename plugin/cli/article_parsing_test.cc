#include "plugin/cli/article_parsing.h"

#include "gtest/gtest.h"

namespace rubricator::cli {
namespace {

TEST(ArticleParsingTest, ReadsTitleAndBodyOfAText) {
  struct Case {
    std::string_view name, text, title, body;
  };
  for (const Case& c :
       {Case{"headed", "Title\n\nBody\nmore\n", "Title", "Body\nmore\n"},
        Case{"CRLF and mark", "\xEF\xBB\xBFTitle\r\n\r\nBody\r\n", "Title", "Body\r\n"},
        Case{"no title", "One line.\nAnother.\n", "", "One line.\nAnother.\n"},
        Case{"one line", "Words", "", "Words"}, Case{"empty", "", "", ""}}) {
    SCOPED_TRACE(c.name);
    const v1::Article article = ParseText(c.text);
    EXPECT_EQ(article.title(), c.title);
    EXPECT_EQ(article.body(), c.body);
    EXPECT_EQ(article.format(), v1::TEXT_FORMAT_PLAIN);
  }
}

TEST(ArticleParsingTest, TakesTheHeadingOutOfHtml) {
  struct Case {
    std::string_view name, html, title, body;
  };
  for (const Case& c :
       {Case{"heading", "<h1>A &amp;&nbsp;<b>B</b></h1>\n<p>Body</p>", "A & B", "\n<p>Body</p>"},
        Case{"attributes and case", "<p>x</p><H1 class=\"t\">A</H1><p>y</p>", "A",
             "<p>x</p><p>y</p>"},
        Case{"title element", "<title>A</title><p>y</p>", "A", "<title>A</title><p>y</p>"},
        Case{"neither", "<p>y</p>", "", "<p>y</p>"},
        Case{"half open", "<h1>A<p>y", "", "<h1>A<p>y"},
        Case{"another element", "<h1x>A</h1x>", "", "<h1x>A</h1x>"}}) {
    SCOPED_TRACE(c.name);
    const v1::Article article = ParseHtml(c.html);
    EXPECT_EQ(article.title(), c.title);
    EXPECT_EQ(article.body(), c.body);
    EXPECT_EQ(article.format(), v1::TEXT_FORMAT_HTML);
  }
}

TEST(ArticleParsingTest, ReadsTheFieldsOfAJsonObject) {
  const auto article = ParseJsonObject(
      R"({"id": 17, "title": "T", "body": "B", "format": "html", "language": "ru", "url": "u", "source": null,
          "published_at": "2026-11-22T09:00:00Z", "topics": ["ignored"], "deep": {"er": []}})");
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->id(), "17");
  EXPECT_EQ(article->title(), "T");
  EXPECT_EQ(article->body(), "B");
  EXPECT_EQ(article->format(), v1::TEXT_FORMAT_HTML);
  EXPECT_EQ(article->language(), "ru");
  EXPECT_EQ(article->source(), "");
  EXPECT_EQ(article->published_at().seconds(), 1795338000);
}

TEST(ArticleParsingTest, RefusesWhatIsNoArticle) {
  for (const std::string_view text : {"", "{", "[]", "1", "{\"body\": 1}", "{\"format\": \"pdf\"}",
                                      "{\"publishedAt\": \"today\"}", "{\"body\": \"caf\xE9\"}",
                                      "{\"body\": \"\\ud800\"}", "{\"body\": \"a\nb\"}", "{} {}"}) {
    SCOPED_TRACE(text);
    const auto article = ParseJsonObject(text);
    EXPECT_EQ(article.status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(ArticleParsingTest, ReadsOneOrManyOfAFile) {
  EXPECT_EQ(ParseJsonFile(R"({"body": "a"})").size(), 1u);
  const auto many = ParseJsonFile(R"([{"body": "a"}, 2, {"body": "c"}])");
  ASSERT_EQ(many.size(), 3u);
  EXPECT_TRUE(many[0].ok());
  EXPECT_FALSE(many[1].ok());
  EXPECT_EQ(many[2]->body(), "c");
  EXPECT_TRUE(ParseJsonFile("[]").empty());
}

TEST(ArticleParsingTest, SurvivesDeepNesting) {
  const std::string deep = "{\"x\": " + std::string(200'000, '[') + std::string(200'000, ']') + "}";
  EXPECT_TRUE(ParseJsonObject(deep).ok());
}

}  // namespace
}  // namespace rubricator::cli
