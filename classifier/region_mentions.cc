#include "classifier/region_mentions.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace rubricator {
namespace {

constexpr int kYearsOfGrace = 1;  // a leader stays in the news after leaving office

constexpr std::array<std::string_view, 6> kWordsForState = {"штат",      "штата",     "штате",
                                                            "провинция", "провинции", "state"};

bool IsWordForState(std::string_view form) {
  return std::find(kWordsForState.begin(), kWordsForState.end(), form) != kWordsForState.end();
}

std::optional<int> YearOf(std::optional<double> published_at) {
  if (!published_at || !std::isfinite(*published_at) || std::abs(*published_at) > 1e11) {
    return std::nullopt;
  }
  const std::chrono::sys_days day{
      std::chrono::days(static_cast<int64_t>(std::floor(*published_at / 86400.0)))};
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

bool InOffice(const NameMatch& match, std::optional<int> year) {
  if (!year) return true;
  return (match.from_year == 0 || *year >= match.from_year - kYearsOfGrace) &&
         (match.to_year == 0 || *year <= match.to_year + kYearsOfGrace);
}

// How many words speak for each country.
struct Support {
  std::array<int, 256> sure{};  // names, places and what stands for them
  std::array<int, 256>
      any{};  // towns, companies and doubtful words too: enough to choose between two
};

void CountSupport(const Gazetteer& gazetteer, const std::vector<NameMatch>& matches,
                  std::optional<int> year, Support& support) {
  for (const NameMatch& match : matches) {
    const NameTarget& target = gazetteer.targets()[match.target];
    if (target.either || !InOffice(match, year)) continue;
    const bool sure =
        !match.needs_support && match.kind != NameKind::kTown && match.kind != NameKind::kBody;
    for (const auto& code : target.codes) {
      if (code.optional) continue;
      support.sure[code.country] += sure ? 1 : 0;
      support.any[code.country] += 1;
    }
  }
}

// "Минобороны Белоруссии": the country named right after a body says whose it is.
bool BelongsToNext(const Gazetteer& gazetteer, const std::vector<NameMatch>& matches, size_t i) {
  const NameMatch& match = matches[i];
  if ((match.kind != NameKind::kInstitution && match.kind != NameKind::kBody) ||
      i + 1 == matches.size()) {
    return false;
  }
  const NameMatch& next = matches[i + 1];
  return next.first == match.first + match.count && next.kind == NameKind::kName &&
         next.target != match.target && !gazetteer.targets()[next.target].codes.empty();
}

bool IsPlace(NameKind kind) {
  return kind == NameKind::kCapital || kind == NameKind::kCity || kind == NameKind::kPlace ||
         kind == NameKind::kTown;
}

// "London, Ontario", "в Окленде (штат Калифорния)": the town is not the one that the table means.
bool LiesInNext(const Gazetteer& gazetteer, const NameMatch& match, const NameMatch& next,
                const TokenizedText& text) {
  if (!(next.rules & kRuleDivision) || !IsPlace(match.kind)) return false;
  const size_t end = match.first + match.count;
  const Gap gap = text.tokens()[end].gap;
  if (gap == Gap::kSentence || gap == Gap::kParagraph) return false;
  if (next.first != end && (next.first != end + 1 || !IsWordForState(text.Form(end)))) return false;
  const auto& codes = gazetteer.targets()[match.target].codes;
  const uint8_t country = gazetteer.targets()[next.target].codes.front().country;
  return codes.size() == 1 && codes.front().country != country;
}

// First words of the towns that the text itself puts elsewhere; they are so in all of the article.
void FindTownsElsewhere(const Gazetteer& gazetteer, const std::vector<NameMatch>& matches,
                        const TokenizedText& text, std::vector<std::string_view>& towns) {
  for (size_t i = 0; i + 1 < matches.size(); ++i) {
    if (LiesInNext(gazetteer, matches[i], matches[i + 1], text)) {
      towns.push_back(text.Form(matches[i].first));
    }
  }
}

void DropTowns(const std::vector<std::string_view>& towns, const TokenizedText& text,
               std::vector<NameMatch>& matches) {
  std::erase_if(matches, [&](const NameMatch& match) {
    return IsPlace(match.kind) &&
           std::find(towns.begin(), towns.end(), text.Form(match.first)) != towns.end();
  });
}

void Resolve(const Gazetteer& gazetteer, const std::vector<NameMatch>& matches, ArticleField field,
             std::optional<int> year, const Support& support,
             std::vector<CountryMention>& mentions) {
  for (size_t i = 0; i < matches.size(); ++i) {
    const NameMatch& match = matches[i];
    const NameTarget& target = gazetteer.targets()[match.target];
    if (target.codes.empty() || !InOffice(match, year) || BelongsToNext(gazetteer, matches, i))
      continue;
    const auto add = [&](const NameTarget::Code& code) {
      if (match.needs_support && support.sure[code.country] == 0) return;
      mentions.push_back({.country = code.country,
                          .kind = match.kind,
                          .field = field,
                          .optional = code.optional,
                          .doubtful = match.needs_support || target.either,
                          .first = match.first,
                          .count = match.count});
    };
    if (!target.either) {
      for (const auto& code : target.codes) add(code);
      continue;
    }
    const NameTarget::Code* best = &target.codes.front();
    for (const auto& code : target.codes) {
      if (support.any[code.country] > support.any[best->country]) best = &code;
    }
    add(*best);
  }
}

}  // namespace

std::vector<CountryMention> FindMentions(const Gazetteer& gazetteer, const RegionArticle& article) {
  std::vector<NameMatch> in_title;
  std::vector<NameMatch> in_body;
  gazetteer.Match(article.title, in_title);
  gazetteer.Match(article.body, in_body);
  std::vector<std::string_view> elsewhere;
  FindTownsElsewhere(gazetteer, in_title, article.title, elsewhere);
  FindTownsElsewhere(gazetteer, in_body, article.body, elsewhere);
  if (!elsewhere.empty()) {
    DropTowns(elsewhere, article.title, in_title);
    DropTowns(elsewhere, article.body, in_body);
  }
  const std::optional<int> year = YearOf(article.published_at);
  Support support;
  CountSupport(gazetteer, in_title, year, support);
  CountSupport(gazetteer, in_body, year, support);
  std::vector<CountryMention> mentions;
  mentions.reserve(in_title.size() + in_body.size());
  Resolve(gazetteer, in_title, ArticleField::kTitle, year, support, mentions);
  Resolve(gazetteer, in_body, ArticleField::kBody, year, support, mentions);
  return mentions;
}

}  // namespace rubricator
