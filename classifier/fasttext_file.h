// Checks the shape of a fastText model file, which libfasttext itself takes on trust.
#ifndef RUBRICATOR_CLASSIFIER_FASTTEXT_FILE_H_
#define RUBRICATOR_CLASSIFIER_FASTTEXT_FILE_H_

#include <string_view>

#include "absl/status/status.h"

namespace rubricator {

// Walks a .bin or .ftz file (`bytes` is all of it) without building anything. OK means that
// libfasttext 0.9.2 loads it without reading past its end, finds each row that its dictionary
// names, and scores without an exception. Errors: FAILED_PRECONDITION not a supervised model of
// format version 11 or 12, or parameters that make libfasttext divide by zero or work for hours;
// DATA_LOSS cut, with bytes to spare, numbers that contradict each other, or weights that are none.
absl::Status CheckFastTextFile(std::string_view bytes);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_FASTTEXT_FILE_H_
