#include "classifier/language_detector.h"

#include <gtest/gtest.h>

namespace rubricator {
namespace {

TEST(LanguageDetectorTest, TellsTheLanguage) {
  struct Case {
    std::string_view name, text, want;
  };
  for (const Case& c : {
           Case{"russian", "Президент обсудил с коллегами вопросы охраны границы и торговли.",
                "ru"},
           Case{"english", "The president discussed border security and trade with his colleagues.",
                "en"},
           Case{"short russian headline", "В Кремле оценили условия допуска", "ru"},
           Case{"russian taken for serbian", "В США эвакуировали две синагоги из-за угрозы взрывов",
                "ru"},
           Case{"short english headline", "UK floods: three dead", "en"},
           Case{"kyrgyz",
                "Тиешелүү чечимге премьер-министр кол койду, бул тууралуу өкмөттүн аппаратынан "
                "билдиришти.",
                "ky"},
           Case{"ukrainian",
                "Президент України обговорив із колегами питання охорони кордону та торгівлі.",
                "uk"},
           Case{"german",
                "Der Präsident sprach mit seinen Kollegen über die Sicherheit an der Grenze.",
                "de"},
           Case{"chinese", "中国外交部发言人周一在例行记者会上表示，双方将继续加强合作。", "zh"},
           Case{"digits", "1234 5678", "und"},
           Case{"emoji", "🙂🙂🙂", "und"},
           Case{"empty", "", "und"},
           Case{"invalid utf-8", "\xFF\xFE\xFA", "und"},
           Case{"one invalid byte in kyrgyz",
                "Тиешелүү чечимге\xFF премьер-министр кол койду, бул тууралуу өкмөттүн "
                "аппаратынан билдиришти.",
                "ky"},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(DetectLanguage(c.text, {"en", "ru"}), c.want);
  }
}

TEST(LanguageDetectorTest, GuessesOnlyPreferredLanguagesByScript) {
  EXPECT_EQ(DetectLanguage("Да", {"ru"}), "ru");
  EXPECT_EQ(DetectLanguage("Да", {"en"}), "und");
}

TEST(LanguageDetectorTest, TakesThePrimaryTag) {
  struct Case {
    std::string_view tag, want;
  };
  for (const Case& c :
       {Case{"ru", "ru"}, Case{"ru-RU", "ru"}, Case{"EN_us", "en"}, Case{"kyr", "kyr"},
        Case{"r", ""}, Case{"", ""}, Case{"12", ""}, Case{"русский", ""}}) {
    SCOPED_TRACE(c.tag);
    EXPECT_EQ(PrimaryLanguageTag(c.tag), c.want);
  }
}

}  // namespace
}  // namespace rubricator
