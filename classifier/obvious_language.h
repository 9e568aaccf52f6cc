// Tells Russian and English texts that nobody could mistake, in one pass, so that a language
// detector need not be asked.
#ifndef RUBRICATOR_CLASSIFIER_OBVIOUS_LANGUAGE_H_
#define RUBRICATOR_CLASSIFIER_OBVIOUS_LANGUAGE_H_

#include <string_view>

namespace rubricator {

// "ru" or "en" if the text (UTF-8) has many of the language's commonest words and hardly a letter
// of any other alphabet; else empty: short texts, headlines, tables, mixtures, invalid UTF-8.
// Where it speaks, DetectLanguage() says the same without it; a test holds that on every text there
// is.
std::string_view ObviousLanguage(std::string_view text);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_OBVIOUS_LANGUAGE_H_
