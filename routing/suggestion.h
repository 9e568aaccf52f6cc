// "did you mean" for a misspelt name.
#ifndef RUBRICATOR_ROUTING_SUGGESTION_H_
#define RUBRICATOR_ROUTING_SUGGESTION_H_

#include <string>
#include <string_view>
#include <vector>

namespace rubricator {

// "; did you mean 'security'?" with the candidate nearest to `word`, or "" when none is near: over
// a third of the letters differ (letter case is free), or `word` is over 64 bytes. First one wins a
// tie.
std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_SUGGESTION_H_
