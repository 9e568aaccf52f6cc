#include "classifier/tokenizer.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <utility>

#include "classifier/code_point.h"
#include "classifier/plain_word.h"

namespace rubricator {
namespace {

// What lay between two tokens.
class GapScanner {
 public:
  void Reset(bool previous_word_is_one_letter) {
    *this = GapScanner();
    previous_word_is_one_letter_ = previous_word_is_one_letter;
  }

  void Add(CharClass char_class) {
    if (char_class == CharClass::kIgnored) return;
    last_ = char_class;
    ++count_;
    if (char_class == CharClass::kLineEnd) has_line_end_ = true;
    if (char_class == CharClass::kSentenceEnd) has_sentence_mark_ = true;
    // "г. Москва", "А. С. Пушкин", "U.S. Army": a dot after one letter ends no sentence.
    if (char_class == CharClass::kDot && !previous_word_is_one_letter_) has_sentence_mark_ = true;
    if (char_class == CharClass::kSpace) {
      if (has_sentence_mark_) sentence_ended_ = true;
    } else {
      only_space_ = false;
    }
  }

  Gap Get(bool at_text_start) const {
    if (at_text_start) return Gap::kSentence;
    if (has_line_end_) return Gap::kParagraph;
    if (sentence_ended_) return Gap::kSentence;
    if (only_space_) return Gap::kSpace;
    if (count_ == 1 && last_ == CharClass::kHyphen) return Gap::kHyphen;
    if (count_ == 1 && last_ == CharClass::kDot) return Gap::kDot;
    if (count_ == 1 && last_ == CharClass::kApostrophe) return Gap::kApostrophe;
    return Gap::kText;
  }

 private:
  CharClass last_ = CharClass::kOther;
  uint32_t count_ = 0;
  bool has_line_end_ = false;
  bool has_sentence_mark_ = false;
  bool sentence_ended_ = false;
  bool only_space_ = true;
  bool previous_word_is_one_letter_ = false;
};

// The form of a word that needs more than a table: NFKC, lower case, ё→е, no combining diacritics
// left over (stress marks: "за́мок").
void AppendNormalizedWord(std::string_view word, std::string& out) {
  icu::UnicodeString text;
  for (size_t offset = 0; offset < word.size();) {
    const char32_t c = NextCodePoint(word, offset);
    CharTraits scratch;
    if (TraitsOf(c, scratch).char_class == CharClass::kWord) text.append(static_cast<UChar32>(c));
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  if (U_SUCCESS(error)) text = nfkc->normalize(text, error);
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const auto c = static_cast<char32_t>(text.char32At(i));
    if (c >= 0x300 && c <= 0x36F) continue;
    CharTraits scratch;
    const CharTraits& traits = TraitsOf(c, scratch);
    if (traits.char_class == CharClass::kWord) AppendUtf8(traits.lower, out);
  }
}

}  // namespace

// Collects one word after the other.
class TokenWriter {
 public:
  explicit TokenWriter(TokenizedText& out) : out_(out) {
    out_.forms_.clear();
    out_.tokens_.clear();
  }

  // A whole word; none may be open.
  void Add(const PlainWord& word, size_t begin, Gap gap) {
    const size_t form_begin = out_.forms_.size();
    out_.forms_.append(word.form());
    Push({begin, begin + word.size()}, form_begin, word.letters().Case(), gap);
  }

  // A character of a word.
  void Add(const CharTraits& traits, size_t begin, size_t end) {
    if (!open_) Open(begin);
    end_ = end;
    letters_.Add(traits);
    if (!simple_) return;
    if (traits.is_simple) {
      AppendUtf8(traits.lower, out_.forms_);
    } else {
      simple_ = false;
    }
  }

  // Ends the word, if one is open: a token comes of it, unless it is too long or has no form.
  void Close(std::string_view text, Gap gap) {
    if (!open_) return;
    open_ = false;
    if (end_ - begin_ > kMaxTokenBytes) {
      out_.forms_.resize(form_begin_);
      return;
    }
    if (!simple_) {
      out_.forms_.resize(form_begin_);
      AppendNormalizedWord(text.substr(begin_, end_ - begin_), out_.forms_);
    }
    if (out_.forms_.size() > form_begin_) Push({begin_, end_}, form_begin_, letters_.Case(), gap);
  }

  bool open() const { return open_; }
  bool is_one_letter() const { return letters_.letters == 1; }

 private:
  void Open(size_t begin) {
    open_ = simple_ = true;
    begin_ = begin;
    form_begin_ = out_.forms_.size();
    letters_ = LetterCounts();
  }

  // The token whose form was written last.
  void Push(std::pair<size_t, size_t> span, size_t form_begin, LetterCase letter_case, Gap gap) {
    const size_t form_size = out_.forms_.size() - form_begin;
    out_.forms_.push_back(' ');
    out_.tokens_.push_back({static_cast<uint32_t>(span.first), static_cast<uint32_t>(span.second),
                            static_cast<uint32_t>(form_begin), static_cast<uint16_t>(form_size),
                            letter_case, gap});
  }

  TokenizedText& out_;
  bool open_ = false;
  bool simple_ = true;
  size_t begin_ = 0;
  size_t end_ = 0;
  size_t form_begin_ = 0;
  LetterCounts letters_;
};

namespace {

// Where the two ways differ: how a word is read.
template <bool kReadsPlainWords>
void TokenizeText(std::string_view text, TokenizedText& tokens) {
  const auto& characters = PlainCharacters();
  const auto table = TraitsTable();
  TokenWriter writer(tokens);
  GapScanner gap;
  CharTraits scratch;
  const auto close = [&] {
    if (!writer.open()) return;
    const bool one_letter = writer.is_one_letter();
    writer.Close(text, gap.Get(tokens.size() == 0));
    gap.Reset(one_letter);
  };
  for (size_t offset = 0; offset < text.size();) {
    if (kReadsPlainWords && !writer.open()) {
      const PlainWord word(text, offset, characters);
      if (word.size() > 0) {
        writer.Add(word, offset, gap.Get(tokens.size() == 0));
        gap.Reset(word.letters().letters == 1);
        offset += word.size();
        continue;
      }
    }
    const size_t begin = offset;
    const auto byte = static_cast<unsigned char>(text[offset]);
    const CharTraits& traits = kReadsPlainWords && byte < 0x80
                                   ? table[byte]
                                   : TraitsOf(NextCodePoint(text, offset), scratch);
    if (offset == begin) ++offset;
    if (traits.char_class == CharClass::kWord) {
      writer.Add(traits, begin, offset);
    } else if (traits.char_class != CharClass::kIgnored) {
      close();
      gap.Add(traits.char_class);
    }
  }
  close();
}

}  // namespace

void Tokenize(std::string_view text, TokenizedText& tokens) {
  TokenizeText</*kReadsPlainWords=*/true>(text, tokens);
}

void TokenizeThoroughly(std::string_view text, TokenizedText& tokens) {
  TokenizeText</*kReadsPlainWords=*/false>(text, tokens);
}

}  // namespace rubricator
