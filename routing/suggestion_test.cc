#include "routing/suggestion.h"

#include <gtest/gtest.h>

namespace rubricator {
namespace {

TEST(DidYouMeanTest, NamesTheNearest) {
  const std::vector<std::string_view> known = {"security", "sport", "society", "RU", "x-cis"};
  struct Case {
    std::string_view name, word, want;
  };
  for (const Case& c : {
           Case{"two swapped letters", "secuirty", "; did you mean 'security'?"},
           Case{"a letter too many", "sportt", "; did you mean 'sport'?"},
           Case{"a letter missing", "sociey", "; did you mean 'society'?"},
           Case{"letter case", "ru", "; did you mean 'RU'?"},
           Case{"a short word must be right", "RX", ""},
           Case{"no word near", "astrology", ""},
           Case{"empty", "", ""},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(DidYouMean(c.word, known), c.want);
  }
  EXPECT_EQ(DidYouMean(std::string(100'000, 'a'), known), "");
  EXPECT_EQ(DidYouMean("sport", {}), "");
}

}  // namespace
}  // namespace rubricator
