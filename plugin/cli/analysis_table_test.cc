#include "plugin/cli/analysis_table.h"

#include <sstream>

#include "gtest/gtest.h"
#include "plugin/cli/display_text.h"
#include "service/field_error.h"

namespace rubricator::cli {
namespace {

const Terminal kPlain(false, false, 100);

v1::ClassifyResult Meeting() {
  v1::ClassifyResult result;
  v1::Analysis& analysis = *result.mutable_analysis();
  analysis.set_outcome(v1::OUTCOME_CLASSIFIED);
  analysis.set_model_version("2026-11-22.1");
  for (const auto& [name, confidence] :
       {std::pair("Внешняя политика", 0.983), std::pair("Гуманитарное сотрудничество", 0.5)}) {
    v1::Topic& topic = *analysis.add_topics();
    topic.set_display_name(name);
    topic.set_confidence(confidence);
  }
  for (const char* code : {"RU", "KG", "KZ", "UZ"}) {
    v1::Region& region = *analysis.add_regions();
    region.set_code(code);
    region.set_role(v1::REGION_ROLE_FOCUS);
  }
  analysis.add_desks()->set_display_name("Страны СНГ");
  analysis.add_desks()->set_display_name("Безопасность и");
  return result;
}

v1::Article Titled(const std::string& title) {
  v1::Article article;
  article.set_title(title);
  return article;
}

TEST(AnalysisTableTest, FitsTheTerminalWithAnyText) {
  for (const size_t columns : {80, 100, 160}) {
    SCOPED_TRACE(columns);
    AnalysisTable table(Terminal(false, false, columns));
    std::string text = table.Heading();
    for (const char* title :
         {"Президенты России и Киргизии обсудили охрану границы, авиабазу и культурный форум",
          "新闻新闻新闻新闻新闻新闻新闻新闻新闻新闻新闻新闻新闻新闻新闻新闻", "x", ""}) {
      text += table.Row(Titled(title), Meeting(), 12345.6);
    }
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(DisplayWidth(line), columns) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

TEST(AnalysisTableTest, ShowsTheWholeAnswer) {
  AnalysisTable table(kPlain);
  const std::string row =
      table.Row(Titled("Президенты России и Киргизии обсудили границу"), Meeting(), 1.26);
  const std::string gap(12, ' ');
  EXPECT_EQ(row, "Президенты России и Киргизии  Внешняя политика" + gap +
                     "0.98  RU KG KZ   Страны СНГ" + gap +
                     "1.3\n"
                     "обсудили границу" +
                     gap + "  Гуманитарное сотрудничество 0.50  UZ         + Безопасность и\n");
}

TEST(AnalysisTableTest, SaysWhyARowIsEmpty) {
  AnalysisTable table(kPlain);
  v1::ClassifyResult thin;
  thin.mutable_analysis()->set_outcome(v1::OUTCOME_INSUFFICIENT_TEXT);
  EXPECT_NE(table.Row(Titled("t"), thin, 1).find("too little text"), std::string::npos);
  v1::ClassifyResult chinese;
  chinese.mutable_analysis()->set_outcome(v1::OUTCOME_UNSUPPORTED_LANGUAGE);
  chinese.mutable_analysis()->set_language("zh");
  EXPECT_NE(table.Row(Titled("t"), chinese, 1).find("language not known (zh)"), std::string::npos);
  v1::ClassifyResult broken;
  *broken.mutable_error() = ToRpcStatus(FieldError("article", "has no text"));
  EXPECT_NE(table.Row(Titled("t"), broken, 1).find("article: has no text"), std::string::npos);
}

TEST(AnalysisTableTest, SumsUp) {
  AnalysisTable table(kPlain);
  for (const double milliseconds : {5.0, 1.0, 2.0}) table.Row(Titled("t"), Meeting(), milliseconds);
  v1::ClassifyResult broken;
  broken.mutable_error()->set_code(3);
  table.Row(Titled("t"), broken, 90);
  EXPECT_EQ(table.Summary(),
            "4 articles: 3 classified, 1 failed · median 2.0 ms · model 2026-11-22.1");
}

TEST(ShownTitleTest, FallsBackToTheBeginningOfTheBody) {
  v1::Article article;
  article.set_body("<p>First&nbsp;<b>words</b></p>");
  EXPECT_EQ(ShownTitle(article), "First words");
  article.set_title(" \n");
  EXPECT_EQ(ShownTitle(article), "First words");
}

}  // namespace
}  // namespace rubricator::cli
