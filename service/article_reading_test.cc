#include "service/article_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace rubricator {
namespace {

TEST(ArticleReadingTest, RefusesWhatTheProtoFileForbids) {
  struct Case {
    const char* name;
    std::function<void(v1::Article&)> spoil;
    const char* want_message;
  };
  const Case cases[] = {
      {"id", [](auto& a) { a.set_id(std::string(257, 'x')); },
       "article.id: is 257 bytes; limit is 256"},
      {"title", [](auto& a) { a.set_title(std::string(11, 'x')); },
       "article.title: is 11 bytes; limit is 10"},
      {"body", [](auto& a) { a.set_body(std::string(101, 'x')); },
       "article.body: is 101 bytes; limit is 100"},
      {"url", [](auto& a) { a.set_url(std::string(2049, 'x')); },
       "article.url: is 2049 bytes; limit is 2048"},
      {"source", [](auto& a) { a.set_source(std::string(257, 'x')); },
       "article.source: is 257 bytes; limit is 256"},
      {"format", [](auto& a) { a.set_format(static_cast<v1::TextFormat>(9)); },
       "article.format: 9 is no TextFormat"},
      {"language", [](auto& a) { a.set_language("ru_RU"); },
       "article.language: \"ru_RU\" is no BCP 47 tag"},
      {"year 0", [](auto& a) { a.mutable_published_at()->set_seconds(-62135596801); },
       "article.published_at: -62135596801 s lies outside the years 1 to 9999"},
      {"year 10000", [](auto& a) { a.mutable_published_at()->set_seconds(253402300800); },
       "article.published_at: 253402300800 s lies outside the years 1 to 9999"},
      {"nanos", [](auto& a) { a.mutable_published_at()->set_nanos(-1); },
       "article.published_at: -1 nanos; range is 0 to 999999999"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    v1::Article message;
    c.spoil(message);
    const auto article = ReadArticle(message, {.max_title_bytes = 10, .max_body_bytes = 100});
    EXPECT_EQ(article.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(article.status().message(), c.want_message);
  }
}

TEST(ArticleReadingTest, TakesEveryFieldAtItsLimit) {
  v1::Article message;
  message.set_id(std::string(256, 'i'));
  message.set_title(std::string(4096, 't'));
  message.set_body(std::string(1 << 20, 'b'));
  message.set_url(std::string(2048, 'u'));
  message.set_source(std::string(256, 's'));
  message.set_language("ru");
  message.mutable_published_at()->set_seconds(253402300799);
  message.mutable_published_at()->set_nanos(500'000'000);
  const auto article = ReadArticle(message, ClassifierLimits{});
  ASSERT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(article->id, message.id());
  EXPECT_EQ(article->title, message.title());
  EXPECT_EQ(article->body, message.body());
  EXPECT_EQ(article->url, message.url());
  EXPECT_EQ(article->source, message.source());
  EXPECT_EQ(article->language, "ru");
  EXPECT_EQ(article->published_at, 253402300799.5);
}

TEST(ArticleReadingTest, DecidesAFormatThatIsNotGiven) {
  struct Case {
    const char* body;
    v1::TextFormat format;
    TextFormat want;
  };
  const Case cases[] = {
      {"plain words", v1::TEXT_FORMAT_UNSPECIFIED, TextFormat::kPlain},
      {"<p>words</p>", v1::TEXT_FORMAT_UNSPECIFIED, TextFormat::kHtml},
      {"Tom &amp; Jerry", v1::TEXT_FORMAT_UNSPECIFIED, TextFormat::kHtml},
      {"1 < 2 & 3 > 2", v1::TEXT_FORMAT_UNSPECIFIED, TextFormat::kPlain},
      {"<p>words</p>", v1::TEXT_FORMAT_PLAIN, TextFormat::kPlain},
      {"plain words", v1::TEXT_FORMAT_HTML, TextFormat::kHtml},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.body);
    v1::Article message;
    message.set_body(c.body);
    message.set_format(c.format);
    const auto article = ReadArticle(message, ClassifierLimits{});
    ASSERT_TRUE(article.ok()) << article.status();
    EXPECT_EQ(article->format, c.want);
    EXPECT_FALSE(article->published_at.has_value());
  }
}

TEST(ArticleReadingTest, ReadsOptionsAndTheirDefaults) {
  v1::ClassifyOptions message;
  auto options = ReadOptions(message);
  ASSERT_TRUE(options.ok());
  EXPECT_FALSE(options->include_evidence);
  EXPECT_EQ(options->max_evidence, 8U);
  message.set_include_evidence(true);
  message.set_max_evidence(50);
  message.set_display_language("zh-Hant-TW");
  options = ReadOptions(message);
  ASSERT_TRUE(options.ok());
  EXPECT_TRUE(options->include_evidence);
  EXPECT_EQ(options->max_evidence, 50U);
}

TEST(ArticleReadingTest, RefusesOptionsOutOfRange) {
  struct Case {
    std::function<void(v1::ClassifyOptions&)> spoil;
    const char* want_message;
  };
  const Case cases[] = {
      {[](auto& o) { o.set_max_evidence(51); }, "options.max_evidence: 51; range is 1 to 50"},
      {[](auto& o) { o.set_offset_encoding(static_cast<v1::OffsetEncoding>(7)); },
       "options.offset_encoding: 7 is no OffsetEncoding"},
      {[](auto& o) { o.set_display_language("r"); },
       "options.display_language: \"r\" is no BCP 47 tag"},
  };
  for (const Case& c : cases) {
    v1::ClassifyOptions message;
    c.spoil(message);
    const auto options = ReadOptions(message);
    EXPECT_EQ(options.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(options.status().message(), c.want_message);
  }
}

TEST(ArticleReadingTest, KnowsALanguageTagByItsForm) {
  for (const char* good : {"", "ru", "en-GB", "zh-Hant-TW", "ast", "de-1996", "EN"}) {
    EXPECT_TRUE(CheckLanguageTag("f", good).ok()) << good;
  }
  for (const char* bad : {"r", "ru_RU", "ru-", "-ru", "1a", "русский", "abcdefghi", "ru--RU",
                          "en-abcdefghi", "a tag as long as a whole sentence of words"}) {
    EXPECT_EQ(CheckLanguageTag("f", bad).code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

}  // namespace
}  // namespace rubricator
