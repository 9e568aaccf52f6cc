// The names that a routing file may use.
#ifndef RUBRICATOR_ROUTING_VOCABULARY_H_
#define RUBRICATOR_ROUTING_VOCABULARY_H_

#include <set>
#include <string>

namespace rubricator {

// What the model bundle can answer with; a rule on anything else could never match. A value.
struct RoutingVocabulary {
  std::set<std::string> topics;     // ids of the taxonomy: "security"
  std::set<std::string> countries;  // Region.code: "KG", "XK", "EU"
  std::set<std::string> areas;      // UN M49: "143", "001"
  std::set<std::string> groups;     // "x-cis", "EU"
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_VOCABULARY_H_
