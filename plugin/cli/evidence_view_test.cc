#include "plugin/cli/evidence_view.h"

#include <sstream>

#include "gtest/gtest.h"
#include "plugin/cli/display_text.h"

namespace rubricator::cli {
namespace {

v1::Evidence SpanOf(const std::string& source, const std::string& words, v1::ArticleField field) {
  v1::Evidence evidence;
  evidence.set_field(field);
  evidence.set_begin(source.find(words));
  evidence.set_end(source.find(words) + words.size());
  evidence.set_contribution(0.25);
  return evidence;
}

TEST(EvidenceViewTest, MarksTheWordsInTheTextAsRead) {
  v1::Article article;
  article.set_title("Talks in Bishkek");
  article.set_body(
      "<p>The &laquo;two&raquo; <b>presidents</b>\nsigned a <i>border&nbsp;treaty</i> today.</p>");
  article.set_format(v1::TEXT_FORMAT_HTML);
  v1::Analysis analysis;
  v1::Topic& topic = *analysis.add_topics();
  topic.set_display_name("Security");
  topic.set_confidence(0.9);
  *topic.add_evidence() = SpanOf(article.body(), "border&nbsp;treaty", v1::ARTICLE_FIELD_BODY);
  v1::Region& region = *analysis.add_regions();
  region.set_display_name("Kyrgyzstan");
  region.set_code("KG");
  region.set_confidence(0.8);
  region.set_role(v1::REGION_ROLE_FOCUS);
  *region.add_evidence() = SpanOf(article.title(), "Bishkek", v1::ARTICLE_FIELD_TITLE);
  EXPECT_EQ(EvidenceView(article, analysis, 8, Terminal(false, false, 100)),
            "  Security 0.90\n"
            "     +0.25       The «two» presidents signed a [border treaty] today.\n"
            "  Kyrgyzstan (KG) 0.80\n"
            "     +0.25                            Talks in [Bishkek]\n");
}

TEST(EvidenceViewTest, FitsTheTerminalWithLongText) {
  v1::Article article;
  std::string body;
  for (int i = 0; i < 200; ++i) body += "слово新闻 ";
  article.set_body(body + "ЗДЕСЬ " + body);
  v1::Analysis analysis;
  *analysis.add_topics()->add_evidence() = SpanOf(article.body(), "ЗДЕСЬ", v1::ARTICLE_FIELD_BODY);
  std::istringstream lines(EvidenceView(article, analysis, 8, Terminal(false, false, 80)));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(DisplayWidth(line), 80u) << line;
}

TEST(EvidenceViewTest, KeepsTheSpaceBesideTheMarkAndCountsTheRest) {
  v1::Article article;
  article.set_body("in\u00A0Osh\u00A0today");
  v1::Analysis analysis;
  v1::Topic& topic = *analysis.add_topics();
  for (int i = 0; i < 3; ++i)
    *topic.add_evidence() = SpanOf(article.body(), "Osh", v1::ARTICLE_FIELD_BODY);
  const std::string view = EvidenceView(article, analysis, 1, Terminal(false, false, 80));
  EXPECT_NE(view.find("in [Osh] today\n"), std::string::npos) << view;
  EXPECT_NE(view.find("and 2 more\n"), std::string::npos) << view;
}

TEST(EvidenceViewTest, SurvivesOffsetsBeyondTheText) {
  v1::Article article;
  article.set_body("short");
  v1::Analysis analysis;
  v1::Evidence& evidence = *analysis.add_topics()->add_evidence();
  evidence.set_begin(100);
  evidence.set_end(90);
  EXPECT_NE(EvidenceView(article, analysis, 8, Terminal(false, false, 80)), "");
}

}  // namespace
}  // namespace rubricator::cli
