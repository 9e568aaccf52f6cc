#include "classifier/language_detector.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <cctype>

#include "classifier/code_point.h"
#include "classifier/obvious_language.h"

namespace rubricator {
namespace {

constexpr size_t kMaxDetectedBytes = 4096;  // CLD2 is sure long before
// Of all bytes that CLD2 read; below, another language's share is a quotation. docs/experiments.md,
// "Language".
constexpr int kMinPercent = 60;

std::string_view CutAtCharacter(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

struct ScriptCounts {
  size_t cyrillic = 0;
  size_t latin = 0;
  size_t other = 0;
};

ScriptCounts CountScripts(std::string_view text) {
  ScriptCounts counts;
  CharTraits scratch;
  for (size_t offset = 0; offset < text.size();) {
    const char32_t c = NextCodePoint(text, offset);
    if (TraitsOf(c, scratch).char_class != CharClass::kWord) continue;
    if (c >= '0' && c <= '9') continue;
    if (c >= 0x400 && c < 0x530) {
      ++counts.cyrillic;
    } else if (c < 0x250) {
      ++counts.latin;
    } else {
      ++counts.other;
    }
  }
  return counts;
}

// Russian headlines are taken for a neighbour's: 48 of 24,341 in training, none longer than this.
constexpr size_t kHeadlineBytes = 240;

// Whether a text found to be in a neighbour language is rather Russian: it has a letter that none
// of them has, or it is a headline without any letter that Russian lacks (or, as ъ, hardly uses).
bool IsRussianTakenForNeighbour(std::string_view detected, std::string_view text) {
  constexpr std::string_view kNeighbours[] = {"bg", "mk", "sr", "uk"};
  constexpr std::string_view kRussian[] = {"ы", "э", "Э"};
  constexpr std::string_view kForeign[] = {"і", "ї", "є", "ґ", "ј", "љ", "њ",
                                           "ћ", "ђ", "џ", "ѓ", "ќ", "ѕ", "ъ"};
  const auto in_text = [&](std::string_view letter) {
    return text.find(letter) != std::string_view::npos;
  };
  if (std::find(std::begin(kNeighbours), std::end(kNeighbours), detected) == std::end(kNeighbours))
    return false;
  if (std::any_of(std::begin(kRussian), std::end(kRussian), in_text)) return true;
  return text.size() <= kHeadlineBytes &&
         std::none_of(std::begin(kForeign), std::end(kForeign), in_text);
}

// The preferred language of the script that most letters are in; "und" if there is none.
std::string LanguageOfScript(std::string_view text, const std::vector<std::string>& preferred) {
  const ScriptCounts counts = CountScripts(text);
  const auto prefers = [&](std::string_view tag) {
    return std::find(preferred.begin(), preferred.end(), tag) != preferred.end();
  };
  if (counts.cyrillic > counts.latin + counts.other && prefers("ru")) return "ru";
  if (counts.latin > counts.cyrillic + counts.other && prefers("en")) return "en";
  return "und";
}

}  // namespace

std::string DetectLanguage(std::string_view text, const std::vector<std::string>& preferred) {
  const std::string_view obvious = ObviousLanguage(CutAtCharacter(text, kMaxDetectedBytes));
  if (std::find(preferred.begin(), preferred.end(), obvious) != preferred.end())
    return std::string(obvious);
  return DetectLanguageThoroughly(text, preferred);
}

std::string DetectLanguageThoroughly(std::string_view text,
                                     const std::vector<std::string>& preferred) {
  // CLD2 says nothing of a text with an invalid byte.
  const std::string clean = ReplaceInvalidUtf8(CutAtCharacter(text, kMaxDetectedBytes));
  text = clean;
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                                 CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {};
  double scores[3] = {};
  int text_bytes = 0;
  bool is_reliable = false;
  int valid_prefix = 0;
  const CLD2::CLDHints no_hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                                   CLD2::UNKNOWN_LANGUAGE};
  CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &no_hints, /*flags=*/0,
      languages, percents, scores,
      /*resultchunkvector=*/nullptr, &text_bytes, &is_reliable, &valid_prefix);
  if (languages[0] != CLD2::UNKNOWN_LANGUAGE && is_reliable && percents[0] >= kMinPercent) {
    const bool prefers_russian =
        std::find(preferred.begin(), preferred.end(), "ru") != preferred.end();
    const std::string tag = PrimaryLanguageTag(CLD2::LanguageCode(languages[0]));
    return prefers_russian && IsRussianTakenForNeighbour(tag, text) ? "ru" : tag;
  }
  return LanguageOfScript(text, preferred);
}

std::string PrimaryLanguageTag(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find_first_of("-_"));
  if (primary.size() < 2 || primary.size() > 8) return "";
  std::string lower;
  for (const char c : primary) {
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) return "";
    lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  return lower;
}

}  // namespace rubricator
