#include "tests/support/sample_texts.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_join.h"

namespace rubricator::testing {
namespace {

constexpr size_t kVocabulary = 1000;
constexpr std::array<std::string_view, 8> kRussian = {"по",  "гран", "ство", "меж",
                                                      "дун", "ный",  "ёж",   "союз"};
constexpr std::array<std::string_view, 8> kEnglish = {"bor", "der",   "min", "is",
                                                      "try", "trade", "ed",  "ing"};

std::string VocabularyWord(size_t number) {
  const auto& syllables = number % 2 == 0 ? kRussian : kEnglish;
  std::string word;
  for (size_t rest = number / 2 + 1; rest > 0; rest /= syllables.size())
    word += syllables[rest % syllables.size()];
  return word;
}

// Characters and scraps of characters: what a hostile alphabet is made of.
constexpr std::array<std::string_view, 22> kScraps = {"а",
                                                      "ё",
                                                      "щ",
                                                      "Я",
                                                      "e",
                                                      "Z",
                                                      "0",
                                                      "-",
                                                      "<",
                                                      ">",
                                                      "/",
                                                      "s",
                                                      "_",
                                                      "\xCC\x81",
                                                      "\xE2\x80\x8D",
                                                      "\xF0\x9F\x98\x80",
                                                      "\xD0",
                                                      "\x80",
                                                      "\xFF",
                                                      "\xC0\xAF",
                                                      "\x01",
                                                      "\x7F"};

bool FastTextReadsAsWord(std::string_view word) {
  return !word.empty() && word != "</s>" && !word.starts_with("__label__") &&
         word.find_first_of(std::string_view(" \t\n\v\f\r\0", 7)) == std::string_view::npos;
}

}  // namespace

std::string SampleTexts::KnownWord() {
  // The square of a uniform number: a few words make up much of a text.
  const double uniform = std::uniform_real_distribution<double>(0, 1)(random_);
  return VocabularyWord(static_cast<size_t>(uniform * uniform * kVocabulary));
}

std::string SampleTexts::MisspeltWord() {
  std::string word = KnownWord();
  const size_t place = Below(word.size());
  switch (Below(3)) {
    case 0:
      word.insert(place, kScraps[Below(kScraps.size())]);
      break;
    case 1:
      word.erase(place, 1);
      break;
    default:
      word[place] = static_cast<char>('a' + Below(26));
  }
  return FastTextReadsAsWord(word) ? word : "x";
}

std::string SampleTexts::HostileWord() {
  for (;;) {
    std::string word;
    const size_t length = Below(20) == 0 ? Below(300) + 1 : Below(12) + 1;
    const bool any_byte = Below(3) == 0;
    for (size_t i = 0; i < length; ++i) {
      if (any_byte) {
        word.push_back(static_cast<char>(Below(256)));
      } else {
        word += kScraps[Below(kScraps.size())];
      }
    }
    std::erase_if(word, [](char c) { return !FastTextReadsAsWord(std::string_view(&c, 1)); });
    if (FastTextReadsAsWord(word)) return word;
  }
}

std::vector<std::string> SampleTexts::Text(size_t max_words) {
  std::vector<std::string> words(Below(max_words + 1));
  const size_t hostile_share = Below(4);  // of 4
  for (std::string& word : words) {
    const bool is_hostile = Below(4) < hostile_share;
    word = !is_hostile ? KnownWord() : Below(2) == 0 ? MisspeltWord() : HostileWord();
  }
  return words;
}

std::string JoinWords(const std::vector<std::string>& words) { return absl::StrJoin(words, " "); }

}  // namespace rubricator::testing
