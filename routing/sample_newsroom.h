// What the tests of this room share: a vocabulary, and analyses in one line each.
#ifndef RUBRICATOR_ROUTING_SAMPLE_NEWSROOM_H_
#define RUBRICATOR_ROUTING_SAMPLE_NEWSROOM_H_

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "classifier/analysis.h"
#include "routing/vocabulary.h"

namespace rubricator {

// The topics of docs/routing.md, a dozen countries, their areas and groups.
inline RoutingVocabulary SampleVocabulary() {
  return {
      .topics = {"foreign_policy", "security", "humanitarian_cooperation", "politics", "economy",
                 "crime_justice", "disaster_accident", "health", "science_technology", "education",
                 "culture", "sport", "environment", "society"},
      .countries = {"RU", "KG", "KZ", "AM", "GE", "DE", "FR", "US", "CN", "NO", "XK", "EU"},
      .areas = {"143", "142", "145", "151", "155", "150", "001"},
      .groups = {"x-cis", "x-eaeu", "EU"}};
}

inline Topic SampleTopic(std::string id, double confidence) {
  Topic topic;
  topic.id = std::move(id);
  topic.confidence = confidence;
  return topic;
}

inline Region SampleRegion(std::string code, RegionRole role, double confidence,
                           std::vector<std::string> areas, std::vector<std::string> groups) {
  Region region;
  region.code = std::move(code);
  region.role = role;
  region.confidence = confidence;
  region.areas = std::move(areas);
  region.groups = std::move(groups);
  return region;
}

inline Region Russia(RegionRole role = RegionRole::kFocus, double confidence = 0.9) {
  return SampleRegion("RU", role, confidence, {"151", "150", "001"}, {"x-cis", "x-eaeu"});
}
inline Region Kyrgyzstan(RegionRole role = RegionRole::kFocus, double confidence = 0.88) {
  return SampleRegion("KG", role, confidence, {"143", "142", "001"}, {"x-cis", "x-eaeu"});
}
inline Region Germany(RegionRole role = RegionRole::kFocus, double confidence = 0.8) {
  return SampleRegion("DE", role, confidence, {"155", "150", "001"}, {"EU"});
}
inline Region EuropeanUnion() { return SampleRegion("EU", RegionRole::kFocus, 0.7, {}, {}); }

inline Analysis Classified(std::vector<Topic> topics, std::vector<Region> regions = {}) {
  Analysis analysis;
  analysis.outcome = Outcome::kClassified;
  analysis.language = "ru";
  analysis.topics = std::move(topics);
  analysis.regions = std::move(regions);
  return analysis;
}

inline Analysis Abstention(Outcome outcome, std::string language = "ru") {
  Analysis analysis;
  analysis.outcome = outcome;
  analysis.language = std::move(language);
  return analysis;
}

// By UTC.
inline std::chrono::sys_seconds Utc(int year, unsigned month, unsigned day, int hour, int minute) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(day)) +
         std::chrono::hours(hour) + std::chrono::minutes(minute);
}

inline std::string MessageOf(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

}  // namespace rubricator

#endif  // RUBRICATOR_ROUTING_SAMPLE_NEWSROOM_H_
