// The one value that every room passes on: what an article is about, and why.
#ifndef RUBRICATOR_CLASSIFIER_ANALYSIS_H_
#define RUBRICATOR_CLASSIFIER_ANALYSIS_H_

#include <cstddef>
#include <string>
#include <vector>

namespace rubricator {

enum class ArticleField { kTitle, kBody };

// What an article's words spoke for a topic or a country with.
enum class EvidenceKind {
  kWord,         // a word or run of words of the topic model
  kCountryName,  // a country's name or abbreviation
  kAdjective,    // "киргизский", "French"
  kDemonym,      // "киргизы", "Russians"
  kCity,         // a city or a part of a country
  kInstitution,  // an institution or person that stands for a country
};

// A span of one field of the article as it was sent.
struct Evidence {
  ArticleField field = ArticleField::kBody;
  size_t begin = 0;  // byte offset in the field as sent (UTF-8)
  size_t end = 0;    // byte offset past the span; > begin
  // topics: signed share of the logit; regions: share of the weight, (0, 1]
  double contribution = 0.0;
  EvidenceKind kind = EvidenceKind::kWord;
};

struct Topic {
  std::string id;           // of the bundle's taxonomy: "foreign_policy"
  double confidence = 0.0;  // calibrated probability, [0, 1]: sigmoid(logit)
  double logit = 0.0;
  std::vector<Evidence> evidence;  // strongest first; empty unless asked for
  // What is in the logit and not in `evidence`: the calibration's bias, weaker words, words that
  // spoke against. Σ evidence.contribution + other_contribution = logit, to 1e-3. 0 unless evidence
  // was asked for.
  double other_contribution = 0.0;
};

enum class RegionRole {
  kFocus,      // the article is about this country
  kMentioned,  // it only names it
};

struct Region {
  std::string code;  // ISO 3166-1 alpha-2, "XK", or "EU" for the Union as an actor
  RegionRole role = RegionRole::kMentioned;
  double confidence = 0.0;          // of being in focus: calibrated probability, [0, 1]
  std::vector<std::string> areas;   // UN M49, nearest first: KG gives "143", "142", "001"
  std::vector<std::string> groups;  // "x-cis", "EU": members on the article's date, sorted
  std::vector<Evidence> evidence;   // in the order of the text; empty unless asked for
};

enum class Outcome {
  kClassified,        // at least one topic or focus country was decided
  kNoTopic,           // enough text in a known language, and nothing passed its threshold
  kInsufficientText,  // too few known words for a topic; countries that are named come all the same
  kUnsupportedLanguage,  // written in a language that the bundle was not trained on
};

// Empty lists are answers: the model's prior is never dressed as a verdict.
struct Analysis {
  Outcome outcome = Outcome::kInsufficientText;
  std::string language;         // BCP 47 primary tag, "und" if unknown
  std::vector<Topic> topics;    // decided ones, most confident first
  std::vector<Region> regions;  // focus countries first (main one first), then mentioned ones
  std::string model_version;    // of the bundle that answered
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_ANALYSIS_H_
