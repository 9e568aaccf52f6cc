// Splits plain text into the tokens that training, the topic model and the region gazetteer share.
#ifndef RUBRICATOR_CLASSIFIER_TOKENIZER_H_
#define RUBRICATOR_CLASSIFIER_TOKENIZER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rubricator {

// Changes whenever the same text gives other tokens; a bundle made with another version is refused.
inline constexpr int kNormalizerVersion = 1;

// How a token is written, before case folding.
enum class LetterCase : uint8_t {
  kLower,        // no upper-case letter: "слово", "2024"
  kCapitalized,  // first letter upper, no other: "Москва", "А"
  kUpper,        // two letters or more, all upper: "США"
  kMixed,        // anything else: "iPhone", "МиГ"
};

// What stands between a token and the one before it.
enum class Gap : uint8_t {
  kText,        // anything not named below: commas, quotes, brackets, several characters
  kSpace,       // white space only, no line end
  kHyphen,      // one hyphen or dash without white space: "российско-киргизских"
  kDot,         // one full stop without white space: "U.S."
  kApostrophe,  // one apostrophe without white space: "Cote d'Ivoire"
  kSentence,    // a sentence ended: . ! ? … followed by white space, or the text begins
  kParagraph,   // a line end
};

// One word: a maximal run of letters, marks and digits. Format characters (zero width, bidi
// controls, soft hyphen) inside a word are dropped without breaking it.
struct Token {
  uint32_t begin;       // byte offset of the first character in the plain text
  uint32_t end;         // byte offset past the last character
  uint32_t form_begin;  // byte offset of the normalised form in TokenizedText::forms()
  uint16_t form_size;   // bytes of the normalised form; never 0
  LetterCase letter_case;
  Gap gap;  // before this token; kSentence for the first
};

// The tokens of one text, in order. Reusable: Tokenize() clears it and keeps its memory.
class TokenizedText {
 public:
  const std::vector<Token>& tokens() const { return tokens_; }
  // NFKC, lower case, ё→е, every digit 0. Borrowed from this object.
  std::string_view Form(const Token& token) const {
    return std::string_view(forms_).substr(token.form_begin, token.form_size);
  }
  std::string_view Form(size_t index) const { return Form(tokens_[index]); }
  size_t size() const { return tokens_.size(); }
  // All forms, one after the other, each followed by one space.
  std::string_view forms() const { return forms_; }

 private:
  friend class TokenWriter;
  std::string forms_;
  std::vector<Token> tokens_;
};

// Splits `text` (UTF-8, at most 4 GiB; each invalid byte separates tokens like punctuation) and
// writes the tokens to `tokens`. A token longer than kMaxTokenBytes as written is dropped: it is no
// word of any language.
inline constexpr size_t kMaxTokenBytes = 256;
void Tokenize(std::string_view text, TokenizedText& tokens);

// The same, every character by its own: what tests hold the short way of plain words to.
void TokenizeThoroughly(std::string_view text, TokenizedText& tokens);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_TOKENIZER_H_
