// The words that nearly every text is made of, read without asking for anything but a table.
#ifndef RUBRICATOR_CLASSIFIER_PLAIN_WORD_H_
#define RUBRICATOR_CLASSIFIER_PLAIN_WORD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "classifier/code_point.h"
#include "classifier/tokenizer.h"

namespace rubricator {

// How many of a word's letters are capitals.
struct LetterCounts {
  uint32_t letters = 0;
  uint32_t cased = 0;
  uint32_t upper = 0;
  bool starts_upper = false;

  void Add(const CharTraits& traits) {
    starts_upper |= letters == 0 && traits.is_upper;
    ++letters;
    cased += traits.is_cased ? 1 : 0;
    upper += traits.is_upper ? 1 : 0;
  }
  LetterCase Case() const {
    if (upper == 0) return LetterCase::kLower;
    if (upper == 1 && starts_upper) return LetterCase::kCapitalized;
    if (upper == cased && cased >= 2) return LetterCase::kUpper;
    return LetterCase::kMixed;
  }
};

// What a character of one or two bytes is in a plain word.
struct PlainCharacter {
  // The form in UTF-8, of as many bytes as the character.
  std::array<char, 2> form = {};
  bool is_letter = false;  // its form depends on nothing, and takes as many bytes
  bool ends_word = false;  // without doubt
  uint32_t counts = 0;     // 1 | is_cased << kCasedBit | is_upper << kUpperBit

  static constexpr int kCasedBit = 10;  // kMaxTokenBytes letters fit below
  static constexpr int kUpperBit = 20;
};

// Of the code points below U+0600, in order.
const std::array<PlainCharacter, kTabledCodePoints>& PlainCharacters();

// The word that begins at an offset of a text, if all of it is plain, up to a character that ends
// it without doubt.
class PlainWord {
 public:
  PlainWord(std::string_view text, size_t offset,
            const std::array<PlainCharacter, kTabledCodePoints>& characters) {
    size_ = Read(text.substr(offset), characters);
  }

  size_t size() const { return size_; }  // bytes of the text; 0: no plain word begins there
  std::string_view form() const { return {form_.data(), size_}; }
  LetterCounts letters() const {
    constexpr uint32_t kMask = (1U << PlainCharacter::kCasedBit) - 1;
    return {.letters = counts_ & kMask,
            .cased = counts_ >> PlainCharacter::kCasedBit & kMask,
            .upper = counts_ >> PlainCharacter::kUpperBit,
            .starts_upper = starts_upper_};
  }

 private:
  size_t Read(std::string_view text,
              const std::array<PlainCharacter, kTabledCodePoints>& characters) {
    uint32_t counts = 0;  // a local: a compiler must think that the bytes written may be members
    size_t at = 0;
    for (size_t bytes = 1; at < text.size(); at += bytes) {
      const auto first = static_cast<uint8_t>(text[at]);
      char32_t c = first;
      bytes = 1;
      if (first >= 0x80) {
        if (first < 0xC2 || first > 0xD7 || at + 1 == text.size()) {
          // What is longer, or wrong, is left to others, but for the dash in which a word may end.
          if (first == 0xE2 && EndsWord(text, at)) break;
          return 0;
        }
        const auto second = static_cast<uint8_t>(text[at + 1]);
        if ((second & 0xC0) != 0x80) return 0;
        c = (first & 0x1FU) << 6 | (second & 0x3FU);
        bytes = 2;
      }
      const PlainCharacter& character = characters[c];
      if (!character.is_letter) {
        if (!character.ends_word) return 0;
        break;
      }
      if (at + bytes > kMaxTokenBytes) return 0;
      if (at == 0) starts_upper_ = character.counts >> PlainCharacter::kUpperBit != 0;
      std::memcpy(&form_[at], character.form.data(), character.form.size());
      counts += character.counts;
    }
    counts_ = counts;
    return at;
  }

  static bool EndsWord(std::string_view text, size_t at) {
    CharTraits scratch;
    const CharClass ending = TraitsOf(NextCodePoint(text, at), scratch).char_class;
    return ending != CharClass::kWord && ending != CharClass::kIgnored;
  }

  size_t size_ = 0;
  uint32_t counts_ = 0;
  bool starts_upper_ = false;
  std::array<char, kMaxTokenBytes + 1> form_;  // a byte more, for two are written at once
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_PLAIN_WORD_H_
