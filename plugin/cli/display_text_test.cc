#include "plugin/cli/display_text.h"

#include "gtest/gtest.h"

namespace rubricator::cli {
namespace {

using Lines = std::vector<std::string>;

TEST(DisplayTextTest, CountsColumnsNotBytes) {
  struct Case {
    std::string_view name, text;
    size_t want;
  };
  for (const Case& c :
       {Case{"latin", "Desk", 4}, Case{"cyrillic", "Отдел", 5}, Case{"chinese", "新闻", 4},
        Case{"combining", "и\u0306", 1}, Case{"emoji", "🗞", 1}, Case{"wide emoji", "😀", 2},
        Case{"zero width", "a\u200Bb", 2}, Case{"empty", "", 0}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(DisplayWidth(c.text), c.want);
  }
}

TEST(DisplayTextTest, MakesOneSafeLine) {
  struct Case {
    std::string_view name, text, want;
  };
  for (const Case& c :
       {Case{"spaces", "  a \t\r\n\u00A0 b  ", "a b"}, Case{"escape", "\x1b[31mred\x07", "[31mred"},
        Case{"bidi", "a\u202Eb\u2066c", "abc"}, Case{"C1 control", "a\u009Bb", "a b"},
        Case{"not UTF-8", "a\xFFz", "a\uFFFDz"}, Case{"only spaces", " \n ", ""}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(OneLine(c.text), c.want);
  }
}

TEST(DisplayTextTest, CutsToColumns) {
  EXPECT_EQ(CutTo("Отдел", 5), "Отдел");
  EXPECT_EQ(CutTo("Отдел мира", 7), "Отдел…");
  EXPECT_EQ(CutTo("新闻新闻", 5), "新闻…");
  EXPECT_EQ(CutTo("新闻新闻", 4), "新…");
  EXPECT_EQ(CutFromLeft("Отдел мира", 5), "…мира");
  EXPECT_EQ(CutFromLeft("мира", 5), "мира");
}

TEST(DisplayTextTest, WrapsAtSpaces) {
  EXPECT_EQ(Wrap("one two three", 7, 5), (Lines{"one two", "three"}));
  EXPECT_EQ(Wrap("one two three four", 7, 2), (Lines{"one two", "three…"}));
  EXPECT_EQ(Wrap("unbreakable", 4, 5), (Lines{"unbr", "eaka", "ble"}));
  EXPECT_EQ(Wrap("", 4, 5), (Lines{""}));
  EXPECT_EQ(Wrap("新", 1, 5), (Lines{"新"})) << "a character wider than the line is not split";
}

TEST(DisplayTextTest, PadsOnEitherSide) {
  EXPECT_EQ(PadTo("да", 4), "да  ");
  EXPECT_EQ(PadTo("да", 4, /*to_right=*/true), "  да");
  EXPECT_EQ(PadTo("long", 2), "long");
}

}  // namespace
}  // namespace rubricator::cli
