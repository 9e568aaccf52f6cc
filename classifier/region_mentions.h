// From raw gazetteer matches to the countries that an article names, judged by the whole article.
#ifndef RUBRICATOR_CLASSIFIER_REGION_MENTIONS_H_
#define RUBRICATOR_CLASSIFIER_REGION_MENTIONS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "classifier/analysis.h"
#include "classifier/gazetteer.h"
#include "classifier/tokenizer.h"

namespace rubricator {

// An article as the region half reads it. Borrows everything.
struct RegionArticle {
  const TokenizedText& title;
  const TokenizedText& body;
  std::string_view language;           // BCP 47 primary tag
  std::optional<double> published_at;  // seconds since 1970-01-01 UTC
};

// One place of the text that speaks for a country.
struct CountryMention {
  uint8_t country;  // index into Gazetteer::countries()
  NameKind kind;
  ArticleField field;
  bool optional;  // the policy's second code: counts only where the article speaks for it otherwise
  bool doubtful;  // stood in need of support and got it
  uint32_t first;  // token index in its field
  uint32_t count;  // tokens
};

// The mentions of title, then body, in the order of the text. Dropped: phrases that mean no
// country, leaders out of their years, words that need support and have none. A form of several
// countries gives one mention for each, a form of either country only the one with more support.
std::vector<CountryMention> FindMentions(const Gazetteer& gazetteer, const RegionArticle& article);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_REGION_MENTIONS_H_
