#include "classifier/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rubricator {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Forms(std::string_view text) {
  TokenizedText tokens;
  Tokenize(text, tokens);
  std::vector<std::string> forms;
  for (const Token& token : tokens.tokens()) forms.emplace_back(tokens.Form(token));
  return forms;
}

TEST(TokenizerTest, NormalizesEachWord) {
  struct Case {
    std::string_view name, input, want;
  };
  for (const Case& c : {
           Case{"lower case", "Москва", "москва"},
           Case{"yo", "Ещё", "еще"},
           Case{"decomposed yo", "е\u0308лка", "елка"},
           Case{"decomposed short i", "Краи\u0306", "край"},
           Case{"stress mark", "за\u0301мок", "замок"},
           Case{"latin diacritics stay", "Zürich", "zürich"},
           Case{"decomposed latin", "Zu\u0308rich", "zürich"},
           Case{"ligature", "ﬁnance", "finance"},
           Case{"full width", "ＮＡＴＯ", "nato"},
           Case{"soft hyphen", "прави\u00ADтельство", "правительство"},
           Case{"zero width joiner", "сло\u200Bво", "слово"},
           Case{"bidi controls", "\u202Eслово\u202C", "слово"},
           Case{"digits", "2024", "0000"},
           Case{"kyrgyz", "Өзгөн", "өзгөн"},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(Forms(c.input), ElementsAre(std::string(c.want)));
  }
}

TEST(TokenizerTest, SplitsAtEverythingThatIsNoLetterMarkOrDigit) {
  EXPECT_THAT(Forms("российско-киргизских, США; U.S. «Ак-Жол»"),
              ElementsAre("российско", "киргизских", "сша", "u", "s", "ак", "жол"));
  EXPECT_THAT(Forms(""), ElementsAre());
  EXPECT_THAT(Forms(" \t\n…🙂"), ElementsAre());
}

TEST(TokenizerTest, TakesInvalidUtf8AsSeparators) {
  EXPECT_THAT(Forms("да\xFFнет"), ElementsAre("да", "нет"));
  EXPECT_THAT(Forms(std::string_view("a\0b", 3)), ElementsAre("a", "b"));
  EXPECT_THAT(Forms("a\xED\xA0\x80z"), ElementsAre("a", "z"));  // a lone surrogate
  EXPECT_THAT(Forms("a\xD0"), ElementsAre("a"));                // cut inside a letter
}

TEST(TokenizerTest, DropsWordsOfNoLanguage) {
  EXPECT_THAT(Forms(std::string(1 << 20, 'x') + " да"), ElementsAre("да"));
}

TEST(TokenizerTest, KeepsOffsetsIntoTheTextAsGiven) {
  const std::string_view text = "Ещё «Сло\u200Bво»";
  TokenizedText tokens;
  Tokenize(text, tokens);
  ASSERT_EQ(tokens.size(), 2u);
  const Token& last = tokens.tokens()[1];
  EXPECT_EQ(text.substr(last.begin, last.end - last.begin), "Сло\u200Bво");
  EXPECT_EQ(tokens.forms(), "еще слово ");
}

TEST(TokenizerTest, TellsHowEachWordIsWritten) {
  struct Case {
    std::string_view input;
    LetterCase want;
  };
  for (const Case& c : {
           Case{"слово", LetterCase::kLower},
           Case{"2024", LetterCase::kLower},
           Case{"Москва", LetterCase::kCapitalized},
           Case{"А", LetterCase::kCapitalized},
           Case{"США", LetterCase::kUpper},
           Case{"G20", LetterCase::kCapitalized},
           Case{"МиГ", LetterCase::kMixed},
           Case{"iPhone", LetterCase::kMixed},
       }) {
    SCOPED_TRACE(c.input);
    TokenizedText tokens;
    Tokenize(c.input, tokens);
    ASSERT_EQ(tokens.size(), 1u);
    EXPECT_EQ(tokens.tokens()[0].letter_case, c.want);
  }
}

TEST(TokenizerTest, TellsWhatStandsBeforeEachWord) {
  struct Case {
    std::string_view input;
    Gap want;
  };
  for (const Case& c : {
           Case{"да нет", Gap::kSpace},
           Case{"да, нет", Gap::kText},
           Case{"да-нет", Gap::kHyphen},
           Case{"Москва–Бишкек", Gap::kHyphen},
           Case{"да - нет", Gap::kText},
           Case{"Да. Нет", Gap::kSentence},
           Case{"Да! Нет", Gap::kSentence},
           Case{"«Да.» Нет", Gap::kSentence},
           Case{"г. Москва", Gap::kText},
           Case{"U.S", Gap::kDot},
           Case{"d'Ivoire", Gap::kApostrophe},
           Case{"да\nнет", Gap::kParagraph},
       }) {
    SCOPED_TRACE(c.input);
    TokenizedText tokens;
    Tokenize(c.input, tokens);
    ASSERT_EQ(tokens.size(), 2u);
    EXPECT_EQ(tokens.tokens()[0].gap, Gap::kSentence);
    EXPECT_EQ(tokens.tokens()[1].gap, c.want);
  }
}

}  // namespace
}  // namespace rubricator
