#include "classifier/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace rubricator {
namespace {

std::string TextOf(std::string_view html) {
  auto plain = PlainText::FromHtml(html);
  EXPECT_TRUE(plain.ok()) << plain.status();
  return plain.ok() ? plain->text() : "";
}

// The source of the first occurrence of `text`.
std::string SourceOf(std::string_view html, std::string_view text) {
  auto plain = PlainText::FromHtml(html);
  EXPECT_TRUE(plain.ok()) << plain.status();
  const size_t begin = plain->text().find(text);
  EXPECT_NE(begin, std::string::npos) << plain->text();
  const auto [from, to] = plain->SourceSpan(begin, begin + text.size());
  return std::string(html.substr(from, to - from));
}

TEST(PlainTextTest, ReadsHtmlAsAReaderSeesIt) {
  struct Case {
    std::string_view name, html, want;
  };
  for (const Case& c : {
           Case{"paragraphs", "<p>Раз</p><p>Два</p>", "Раз\nДва\n"},
           Case{"inline elements join", "<p>Рос<b>сия</b>, <a href=\"/x\">мир</a></p>",
                "Россия, мир\n"},
           Case{"named entities", "<p>A&nbsp;&amp;&laquo;B&raquo;</p>", "A\u00A0&«B»\n"},
           Case{"numeric entities", "<p>&#1052;&#x438;&#1088;</p>", "Мир\n"},
           Case{"scripts and styles",
                "<p>a</p><script>var x = '<p>no</p>';</script><style>p{}</style><p>b</p>",
                "a\nb\n"},
           Case{"comments", "<!-- wp:paragraph --><p>a<!-- no -->b</p><!-- /wp:paragraph -->",
                "ab\n"},
           Case{"half-open script", "<p>a</p><script>var x = 1;", "a\n"},
           Case{"line breaks", "a<br>b<br/>c", "a\nb\nc\n"},
           Case{"single line ends are white space", "<p>a\nb</p>", "a b\n"},
           Case{"empty lines end paragraphs", "a<b>c</b> d\n\ne\n", "ac d\n\ne \n"},
           Case{"head is not body", "<html><head><title>T</title></head><body>b</body></html>",
                "b\n"},
           Case{"meta charset is ignored", "<meta charset=\"windows-1251\"><p>Мир</p>", "Мир\n"},
           Case{"list items", "<ul><li>a</li><li>b</li></ul>", "a\nb\n"},
           Case{"unclosed", "<div><p>a<p>b", "a\nb\n"},
           Case{"plain text", "a b", "a b\n"},
           Case{"nothing", "", ""},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(TextOf(c.html), c.want);
  }
}

TEST(PlainTextTest, MapsSpansToTheTextAsSent) {
  EXPECT_EQ(SourceOf("<p>В <b>Москве</b> и Бишкеке</p>", "Бишкеке"), "Бишкеке");
  EXPECT_EQ(SourceOf("<p>В <b>Моск</b>ве</p>", "Москве"), "Моск</b>ве");
  EXPECT_EQ(SourceOf("<p>a &laquo;Мир&raquo; b</p>", "«Мир»"), "&laquo;Мир&raquo;");
  EXPECT_EQ(SourceOf("<p>a &laquo;Мир&raquo; b</p>", "Мир"), "Мир");
  EXPECT_EQ(SourceOf("<p>&#1052;&#1080;&#1088; и</p>", "Мир"), "&#1052;&#1080;&#1088;");
  EXPECT_EQ(SourceOf("<p>Мир\xFF и</p><p>труд</p>", "труд"), "труд");
  // No tag before: the parser makes up the paragraph once it has read the text.
  EXPECT_EQ(SourceOf("Мир и труд", "труд"), "труд");
  EXPECT_EQ(SourceOf("&laquo;Мир&raquo;/май", "«Мир»/"), "&laquo;Мир&raquo;/");
  EXPECT_EQ(SourceOf("&&amp; Мир", "Мир"), "Мир");
  EXPECT_EQ(SourceOf("Мир<!-- и -->\r\nтруд<br/>май", "май"), "май");
}

TEST(PlainTextTest, MapsSpansBehindLongText) {
  std::string html = "<p>";
  for (int i = 0; i < 3000; ++i) html += "слово&nbsp;и ещё\n";
  html += "</p><p>Цель</p>";
  EXPECT_EQ(SourceOf(html, "Цель"), "Цель");
  auto plain = PlainText::FromHtml(html);
  ASSERT_TRUE(plain.ok());
  const std::string_view word = "слово";
  for (size_t at = plain->text().find(word); at != std::string::npos;
       at = plain->text().find(word, at + 1)) {
    const auto [from, to] = plain->SourceSpan(at, at + word.size());
    ASSERT_EQ(html.substr(from, to - from), word) << at;
  }
}

TEST(PlainTextTest, KeepsUnreadableBytesFromHidingWhatFollows) {
  EXPECT_EQ(TextOf("<p>Мир\xFFтруд</p>"), "Мир труд\n");
  EXPECT_EQ(TextOf(std::string_view("<p>a\0b</p>", 10)), "a b\n");
}

TEST(PlainTextTest, RefusesMarkupThatWouldTakeQuadraticTime) {
  std::string deep;
  for (int i = 0; i < 10000; ++i) deep += "<div>";
  EXPECT_EQ(PlainText::FromHtml(deep).status().code(), absl::StatusCode::kInvalidArgument);
  std::string fat = "<p";
  for (int i = 0; i < 100000; ++i) fat += " a" + std::to_string(i);
  EXPECT_EQ(PlainText::FromHtml(fat + ">x</p>").status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(PlainTextTest, TakesLongAttributeValues) {
  EXPECT_EQ(TextOf("<img alt=\"" + std::string(20000, ' ') + "\"><p>a</p>"), "a\n");
}

TEST(PlainTextTest, TellsHtmlFromText) {
  struct Case {
    std::string_view body;
    bool want;
  };
  for (const Case& c :
       {Case{"<p>a</p>", true}, Case{"a &amp; b", true}, Case{"a &#1052; b", true},
        Case{"a <br> b", true}, Case{"<!-- wp:paragraph -->", true}, Case{"a < b & c > d", false},
        Case{"AT&T; R&D", true}, Case{"5 <6", false}, Case{"a <b", false}, Case{"", false}}) {
    SCOPED_TRACE(c.body);
    EXPECT_EQ(LooksLikeHtml(c.body), c.want);
  }
}

// libxml2 reports a paragraph of more than 1,000 bytes in parts.
TEST(PlainTextTest, LocatesWordsOfALongParagraph) {
  std::string html = "<p>&laquo;";
  for (int i = 0; i < 400; ++i) html += "слово" + std::to_string(i) + " ";
  html += "</p>";
  for (const auto& plain : {PlainText::FromHtml(html), PlainText::FromHtmlThoroughly(html)}) {
    ASSERT_TRUE(plain.ok()) << plain.status();
    for (const std::string word : {"слово0", "слово57", "слово90", "слово399"}) {
      SCOPED_TRACE(word);
      const size_t at = plain->text().find(word + " ");
      ASSERT_NE(at, std::string::npos);
      const auto [begin, end] = plain->SourceSpan(at, at + word.size());
      EXPECT_EQ(html.substr(begin, end - begin), word);
    }
  }
}

}  // namespace
}  // namespace rubricator
