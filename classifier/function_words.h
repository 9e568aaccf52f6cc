// Words that hold a sentence together and say nothing of its subject.
#ifndef RUBRICATOR_CLASSIFIER_FUNCTION_WORDS_H_
#define RUBRICATOR_CLASSIFIER_FUNCTION_WORDS_H_

#include <string_view>

namespace rubricator {

// Whether a normalised form is a preposition, conjunction, particle, pronoun or auxiliary of
// Russian or English.
bool IsFunctionWord(std::string_view form);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_FUNCTION_WORDS_H_
