// Seeded random HTML: well-formed for the most part, with what editors and pastes leave in it.
#ifndef RUBRICATOR_TESTS_SUPPORT_SAMPLE_MARKUP_H_
#define RUBRICATOR_TESTS_SUPPORT_SAMPLE_MARKUP_H_

#include <cstdint>
#include <string>

namespace rubricator::testing {

// The same fragment for the same seed.
std::string SampleMarkup(uint64_t seed);

}  // namespace rubricator::testing

#endif  // RUBRICATOR_TESTS_SUPPORT_SAMPLE_MARKUP_H_
