// Which language a text is written in.
#ifndef RUBRICATOR_CLASSIFIER_LANGUAGE_DETECTOR_H_
#define RUBRICATOR_CLASSIFIER_LANGUAGE_DETECTOR_H_

#include <string>
#include <string_view>
#include <vector>

namespace rubricator {

// The language of `text` (UTF-8, plain) as a BCP 47 primary tag, by CLD2; "und" if it cannot tell.
// A text that CLD2 is not sure of and that is written in the script of one of `preferred` ("ru"
// Cyrillic, "en" Latin) gets that language: headlines are too short for trigrams, and a newsroom
// writes its own language more often than its neighbour's.
std::string DetectLanguage(std::string_view text, const std::vector<std::string>& preferred);

// The same, and asks CLD2 also where the answer is obvious: what tests hold the short way to.
std::string DetectLanguageThoroughly(std::string_view text,
                                     const std::vector<std::string>& preferred);

// "ru" of "ru", "ru-RU", "RU_ru"; empty if `tag` is no BCP 47 tag.
std::string PrimaryLanguageTag(std::string_view tag);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_LANGUAGE_DETECTOR_H_
