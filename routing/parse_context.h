// What the parsers of one routing file share.
#ifndef RUBRICATOR_ROUTING_PARSE_CONTEXT_H_
#define RUBRICATOR_ROUTING_PARSE_CONTEXT_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "routing/time_zone.h"
#include "routing/vocabulary.h"
#include "routing/weekly_hours.h"
#include "routing/yaml_field.h"

namespace rubricator {

// Lives as long as one parse, on one thread. Borrows the vocabulary.
class ParseContext {
 public:
  explicit ParseContext(const RoutingVocabulary& vocabulary) : vocabulary_(vocabulary) {}

  const RoutingVocabulary& vocabulary() const { return vocabulary_; }

  // Takes the file's `time_zone` ("UTC" when it has none) for hours that name no other.
  absl::Status SetDefaultZone(const YamlField& root);
  // {weekdays, hours, time_zone}: at least one of the first two.
  absl::StatusOr<WeeklyHours> ParseHours(const YamlField& field);
  // English name of an M49 area ("Central Asia"); empty if ICU has none.
  const std::string& AreaName(const std::string& code);

 private:
  absl::StatusOr<std::shared_ptr<const TimeZone>> ParseZone(const YamlField& field);

  const RoutingVocabulary& vocabulary_;
  std::shared_ptr<const TimeZone> default_zone_;
  std::map<std::string, std::shared_ptr<const TimeZone>> zones_;
  std::map<std::string, std::string> area_names_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_PARSE_CONTEXT_H_
