// What the focus model sees of an article: words, and for each country its mentions in numbers.
#ifndef RUBRICATOR_CLASSIFIER_REGION_FEATURES_H_
#define RUBRICATOR_CLASSIFIER_REGION_FEATURES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "classifier/gazetteer.h"
#include "classifier/region_mentions.h"

namespace rubricator {

// Changes whenever the same article gives other numbers; a region-model.bin made with another one
// is refused.
inline constexpr uint32_t kRegionFeatureVersion = 2;

// Mentions are counted by zone and by how they name the country.
inline constexpr size_t kMentionZones = 4;  // title, first sentence, early, late
// name; adjective, demonym; city, place; institution, person; weak
inline constexpr size_t kMentionGroups = 5;

// Numbers of one country in one article. The order is that of the model file; append only.
enum RegionFeature : size_t {
  kZoneCounts = 0,  // kMentionZones x kMentionGroups of log(1 + mentions)
  kOnlyGroup = kZoneCounts + kMentionZones * kMentionGroups,  // share of the mentions in each group
  kOptionalCount = kOnlyGroup + kMentionGroups,
  kDoubtfulShare,
  kWeight,          // log(1 + weighted mentions)
  kWeightShare,     // of all countries' weight
  kWeightRatio,     // to the strongest other country, log
  kWeightRank,      // 0 is the strongest
  kCountOfOthers,   // log(1 + mentions of all others)
  kFirstPosition,   // 1 at the first word, falling to 0
  kOrder,           // 0 for the country named first
  kCountries,       // how many are named
  kTitleCountries,  // how many the title names
  kOnlyInTitle,     // the title names this one alone
  kSpread,          // share of six equal parts of the text that name it
  kIsRussian,       // the article's language
  kHasTitle,
  kLength,  // log of tokens
  kIsRussia,
  kIsUnitedStates,
  kIsUnion,         // "EU"
  kCrimeanSupport,  // optional mentions of any country
  kMentioned,       // 0: only the words speak for it
  kStatistics,      // number of the above; what follows comes from the word model
  kHeadScore = kStatistics,
  kTailScore,
  kContextScore,
  kHeadMargin,  // over the best other country
  kBestOtherMentionedHead,
  kNoneScore,         // the word model's score of "no country"
  kMainContextScore,  // of being the first of several
  kRegionFeatures,
};

struct CountryStatistics {
  uint8_t country;  // index into Gazetteer::countries()
  std::array<float, kRegionFeatures> values{};
  std::vector<uint64_t> context;  // hashed words around its mentions
};

struct RegionFeatures {
  std::vector<uint64_t>
      head;  // hashed words, pairs and prefixes of the title and the first words of the body
  std::vector<uint64_t> tail;                // of what follows, to a limit
  std::vector<CountryStatistics> countries;  // the mentioned ones, in the order of first mention
  CountryStatistics unmentioned;             // what holds of any other country
};

// The features of an article whose mentions are `mentions`.
RegionFeatures ExtractRegionFeatures(const Gazetteer& gazetteer, const RegionArticle& article,
                                     const std::vector<CountryMention>& mentions);

// Weight of one mention in the statistics: a country's name most, a company least.
float MentionWeight(const CountryMention& mention);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_REGION_FEATURES_H_
