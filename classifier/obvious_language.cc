#include "classifier/obvious_language.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace rubricator {
namespace {

constexpr size_t kMinWords = 25;
// Of 100 words. Russian news has 15 to 25 of the words below, English 25 to 40.
constexpr size_t kRussianWords = 8;
constexpr size_t kEnglishWords = 18;
constexpr size_t kLettersToOneForeign = 8;
constexpr size_t kLettersToOneAccented = 50;

enum class Mark : uint8_t { kNone, kRussian, kEnglish };

// A word of at most four letters in one number: a byte to a letter, Russian ones from 0x80 on.
using PackedWord = uint32_t;
constexpr size_t kMaxPackedLetters = sizeof(PackedWord);

constexpr uint8_t RussianByte(char32_t lower) { return static_cast<uint8_t>(lower - 0x430 + 0x80); }
constexpr uint8_t kYery = RussianByte(U'ы');
constexpr uint8_t kE = RussianByte(U'э');

// The byte of each character from U+0400 to U+047F, in lower case and with ё as е; 0: another
// alphabet's.
constexpr std::array<uint8_t, 0x80> kRussianBytes = [] {
  std::array<uint8_t, 0x80> bytes{};
  for (char32_t upper = 0x410; upper < 0x430; ++upper) {
    bytes[upper - 0x400] = bytes[upper + 0x20 - 0x400] = RussianByte(upper + 0x20);
  }
  bytes[0x01] = bytes[0x51] = RussianByte(0x435);
  return bytes;
}();

constexpr PackedWord Pack(std::u32string_view word) {
  PackedWord packed = 0;
  for (const char32_t c : word) packed = packed << 8 | (c < 0x80 ? c : RussianByte(c));
  return packed;
}

// Open addressing with linear probing.
struct MarkedWords {
  static constexpr size_t kSlots = 256;
  std::array<PackedWord, kSlots> words{};
  std::array<Mark, kSlots> marks{};

  static constexpr size_t SlotOf(PackedWord word) { return word * 0x9E3779B1U >> 24; }
  constexpr void Add(std::u32string_view text, Mark mark) {
    const PackedWord word = Pack(text);
    size_t slot = SlotOf(word);
    while (words[slot] != 0) slot = (slot + 1) % kSlots;
    words[slot] = word;
    marks[slot] = mark;
  }
  Mark Find(PackedWord word) const {
    size_t slot = SlotOf(word);
    while (words[slot] != 0 && words[slot] != word) slot = (slot + 1) % kSlots;
    return marks[slot];
  }
};

constexpr MarkedWords kMarkedWords = [] {
  MarkedWords marked;
  for (const std::u32string_view word :
       {U"и", U"в", U"во", U"на", U"не", U"что", U"с",   U"со", U"по", U"как", U"из", U"для",
        U"к", U"о", U"об", U"от", U"за", U"это", U"его", U"но", U"у",  U"а",   U"же", U"при"}) {
    marked.Add(word, Mark::kRussian);
  }
  for (const std::u32string_view word :
       {U"the",  U"of", U"and", U"to", U"in",   U"that", U"for", U"is",  U"on",   U"was",
        U"with", U"as", U"at",  U"by", U"from", U"it",   U"has", U"are", U"have", U"said"}) {
    marked.Add(word, Mark::kEnglish);
  }
  return marked;
}();

// What one pass over a text counts.
class LetterCounts {
 public:
  // False where the text has what neither Russian nor English news is written with.
  bool Read(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const auto first = static_cast<uint8_t>(text[at]);
      if (first < 0x80) {
        ReadAscii(first);
        ++at;
        continue;
      }
      if (at + 1 == text.size()) return false;
      const auto second = static_cast<uint8_t>(text[at + 1]);
      if ((second & 0xC0) != 0x80) return false;
      if ((first & 0xFE) == 0xD0) {
        const uint8_t letter = kRussianBytes[(first & 1U) << 6 | (second & 0x3FU)];
        if (letter == 0) return false;
        ++russian_;
        has_yery_or_e_ |= letter == kYery || letter == kE;
        AddLetter(letter);
        at += 2;
        continue;
      }
      const size_t size = ReadOther(first, second, text.substr(at + 2));
      if (size == 0) return false;
      at += size;
    }
    EndWord();
    return true;
  }

  std::string_view Language() const {
    if (words_ < kMinWords) return {};
    if (has_yery_or_e_ && russian_ >= kLettersToOneForeign * latin_ &&
        russian_words_ * 100 >= kRussianWords * words_) {
      return "ru";
    }
    if (russian_ == 0 && latin_ >= kLettersToOneAccented * accented_ && the_ > 0 &&
        english_words_ * 100 >= kEnglishWords * words_) {
      return "en";
    }
    return {};
  }

 private:
  void ReadAscii(uint8_t byte) {
    const uint8_t lower = byte | 0x20;
    if (lower < 'a' || lower > 'z') return EndWord();
    ++latin_;
    AddLetter(lower);
  }

  // The size of a character that neither English nor Russian letters are; 0: of a text of neither.
  size_t ReadOther(uint8_t first, uint8_t second, std::string_view rest) {
    if (first == 0xC3) {  // é
      ++latin_;
      ++accented_;
      AddLetter(first);
      return 2;
    }
    EndWord();
    if (first == 0xC2) return 2;  // « » and the no-break space
    // Dashes, quotes, currencies, №.
    const bool is_punctuation =
        first == 0xE2 && (second == 0x80 || second == 0x82 || second == 0x84);
    return is_punctuation && !rest.empty() && (static_cast<uint8_t>(rest[0]) & 0xC0) == 0x80 ? 3
                                                                                             : 0;
  }

  void AddLetter(uint8_t letter) {
    packed_ = packed_ << 8 | letter;
    ++letters_;
  }

  void EndWord() {
    if (letters_ == 0) return;
    ++words_;
    if (letters_ <= kMaxPackedLetters) {
      const Mark mark = kMarkedWords.Find(packed_);
      russian_words_ += mark == Mark::kRussian ? 1 : 0;
      english_words_ += mark == Mark::kEnglish ? 1 : 0;
      the_ += packed_ == Pack(U"the") ? 1 : 0;
    }
    packed_ = 0;
    letters_ = 0;
  }

  size_t russian_ = 0;  // letters
  size_t latin_ = 0;
  size_t accented_ = 0;  // of them
  size_t words_ = 0;
  size_t russian_words_ = 0;
  size_t english_words_ = 0;
  size_t the_ = 0;
  bool has_yery_or_e_ = false;  // ы or э, which Russian's neighbours do not write
  PackedWord packed_ = 0;       // of the word that is open
  size_t letters_ = 0;
};

}  // namespace

std::string_view ObviousLanguage(std::string_view text) {
  LetterCounts counts;
  return counts.Read(text) ? counts.Language() : std::string_view();
}

}  // namespace rubricator
