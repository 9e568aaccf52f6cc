#include "classifier/function_words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace rubricator {
namespace {

// Written by hand for the evidence list; verbs of reporting ("said", "сообщил")
// count too.
constexpr std::string_view kFunctionWords[] = {
    "a",        "about",   "above",   "after",    "again",    "against",  "all",      "also",
    "although", "am",      "an",      "and",      "any",      "are",      "as",       "at",
    "be",       "because", "been",    "before",   "being",    "below",    "between",  "both",
    "but",      "by",      "can",     "could",    "did",      "do",       "does",     "doing",
    "down",     "during",  "each",    "few",      "for",      "from",     "further",  "had",
    "has",      "have",    "having",  "he",       "her",      "here",     "hers",     "him",
    "his",      "how",     "i",       "if",       "in",       "into",     "is",       "it",
    "its",      "itself",  "just",    "me",       "more",     "most",     "mr",       "mrs",
    "my",       "no",      "nor",     "not",      "now",      "of",       "off",      "on",
    "once",     "one",     "only",    "or",       "other",    "our",      "ours",     "out",
    "over",     "own",     "s",       "said",     "same",     "say",      "says",     "she",
    "should",   "so",      "some",    "such",     "t",        "than",     "that",     "the",
    "their",    "theirs",  "them",    "then",     "there",    "these",    "they",     "this",
    "those",    "three",   "through", "to",       "too",      "two",      "under",    "until",
    "up",       "upon",    "very",    "was",      "we",       "were",     "what",     "when",
    "where",    "which",   "while",   "who",      "whom",     "why",      "will",     "with",
    "would",    "you",     "your",    "yours",    "а",        "без",      "более",    "будет",
    "будут",    "бы",      "был",     "была",     "были",     "было",     "быть",     "в",
    "вам",      "вас",     "ведь",    "весь",     "вместо",   "во",       "вот",      "впрочем",
    "все",      "всего",   "всей",    "всем",     "всех",     "всю",      "вся",      "вы",
    "где",      "да",      "даже",    "для",      "до",       "другие",   "другого",  "другой",
    "ее",       "ей",      "ему",     "если",     "есть",     "еще",      "ж",        "же",
    "за",       "зачем",   "заявил",  "заявила",  "здесь",    "и",        "из",       "изо",
    "или",      "им",      "ими",     "их",       "к",        "как",      "какая",    "какой",
    "ко",       "когда",   "которая", "которого", "которой",  "котором",  "которому", "которую",
    "которые",  "который", "которым", "которых",  "кто",      "куда",     "ли",       "либо",
    "лишь",     "между",   "меня",    "мне",      "много",    "может",    "можно",    "мой",
    "моя",      "мы",      "на",      "над",      "надо",     "нам",      "нас",      "наш",
    "нашей",    "не",      "него",    "нее",      "ней",      "нельзя",   "нет",      "ни",
    "нибудь",   "никогда", "ним",     "них",      "ничего",   "но",       "ну",       "о",
    "об",       "обо",     "один",    "однако",   "около",    "он",       "она",      "они",
    "оно",      "от",      "отметил", "отметила", "ото",      "очень",    "перед",    "передает",
    "по",       "под",     "подо",    "пока",     "после",    "потом",    "потому",   "почти",
    "при",      "про",     "против",  "раз",      "разве",    "ранее",    "с",        "сам",
    "своего",   "своей",   "своим",   "своих",    "свой",     "свою",     "себя",     "сегодня",
    "сейчас",   "сказал",  "сказала", "со",       "сообщает", "сообщил",  "сообщила", "сообщили",
    "среди",    "такая",   "также",   "такие",    "такой",    "там",      "тебя",     "тем",
    "теперь",   "то",      "тогда",   "того",     "тоже",     "только",   "том",      "тому",
    "тот",      "три",     "тут",     "ты",       "у",        "уже",      "хоть",     "хотя",
    "чего",     "чей",     "чем",     "через",    "что",      "чтоб",     "чтобы",    "чуть",
    "эта",      "эти",     "этим",    "этих",     "это",      "этого",    "этой",     "этом",
    "этому",    "этот",    "эту",     "я",        "является", "являются",
};

constexpr size_t kSlots = 2048;  // a power of two, a sixth of it taken: most strangers meet none
static_assert(std::size(kFunctionWords) * 4 < kSlots);

// FNV-1a.
constexpr size_t SlotOf(std::string_view word) {
  uint32_t hash = 2166136261U;
  for (const char c : word) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619U;
  return (hash ^ (hash >> 15)) % kSlots;
}

// Open addressing with linear probing; an empty view is a free slot.
constexpr std::array<std::string_view, kSlots> kTable = [] {
  std::array<std::string_view, kSlots> table;
  for (const std::string_view word : kFunctionWords) {
    size_t slot = SlotOf(word);
    while (!table[slot].empty()) slot = (slot + 1) % kSlots;
    table[slot] = word;
  }
  return table;
}();

}  // namespace

bool IsFunctionWord(std::string_view form) {
  for (size_t slot = SlotOf(form); !kTable[slot].empty(); slot = (slot + 1) % kSlots) {
    if (kTable[slot] == form) return true;
  }
  return false;
}

}  // namespace rubricator
