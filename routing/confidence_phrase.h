// Confidences in words.
#ifndef RUBRICATOR_ROUTING_CONFIDENCE_PHRASE_H_
#define RUBRICATOR_ROUTING_CONFIDENCE_PHRASE_H_

#include <string>

namespace rubricator {

// "0.93 ≥ 0.50" or "0.44 < 0.50"; "0.93" alone when `minimum` is 0. Two decimals, more where two
// would show 0.4999 as the 0.50 that it missed.
std::string ConfidencePhrase(double confidence, double minimum);

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_CONFIDENCE_PHRASE_H_
