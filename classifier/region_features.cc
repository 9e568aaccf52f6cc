#include "classifier/region_features.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace rubricator {
namespace {

constexpr size_t kHeadTokens = 60;   // of the body, for the word model: about a lead
constexpr size_t kTailTokens = 300;  // bounds the work on a long article
constexpr size_t kEarlyTokens = 60;
constexpr size_t kContextMentions = 6;  // of one country whose surroundings are read
constexpr size_t kParts = 6;
constexpr size_t kEndingBytes = 4;    // two Cyrillic letters
constexpr size_t kOpeningTokens = 8;  // of the body: where the subject of a lead stands
constexpr size_t kPrefixLetters = 5;  // joins the cases of a Russian word

// Salts that keep the kinds of hashed features apart.
constexpr uint64_t kPrefixSalt = 0x1F83D9ABFB41BD6Bu;
constexpr uint64_t kBeforeSalt = 0x5BE0CD19137E2179u;
constexpr uint64_t kAfterSalt = 0x9B05688C2B3E6C1Fu;
constexpr uint64_t kAroundSalt = 0xA54FF53A5F1D36F1u;
constexpr uint64_t kEndingSalt = 0x6A09E667F3BCC909u;
constexpr uint64_t kFormSalt = 0xBB67AE8584CAA73Bu;
constexpr uint64_t kNameHash = 0x3C6EF372FE94F82Bu;  // stands for a masked country name in a pair

size_t GroupOf(NameKind kind) {
  switch (kind) {
    case NameKind::kName:
      return 0;
    case NameKind::kAdjective:
    case NameKind::kDemonym:
      return 1;
    case NameKind::kCapital:
    case NameKind::kCity:
    case NameKind::kPlace:
      return 2;
    case NameKind::kInstitution:
    case NameKind::kPerson:
      return 3;
    case NameKind::kBody:
    case NameKind::kTown:
      return 4;
  }
  return 4;
}

// Bytes of the first kPrefixLetters letters, or 0 if the form is not longer.
size_t PrefixBytes(std::string_view form) {
  size_t letters = 0;
  for (size_t i = 0; i < form.size(); ++i) {
    if ((form[i] & 0xC0) == 0x80) continue;
    if (letters++ == kPrefixLetters) return i;
  }
  return 0;
}

bool OpensSentence(const Token& token) {
  return token.gap == Gap::kSentence || token.gap == Gap::kParagraph;
}

size_t FirstSentenceEnd(const TokenizedText& body) {
  size_t end = 1;
  while (end < body.size() && !(OpensSentence(body.tokens()[end]) && end >= 4)) ++end;
  return end;
}

// Words, pairs and prefixes of tokens [begin, end); a token that names a country is masked.
void AddWords(const TokenizedText& text, size_t begin, size_t end, const std::vector<bool>& masked,
              std::vector<uint64_t>& out) {
  uint64_t before = 0;
  for (size_t i = begin; i < std::min(end, text.size()); ++i) {
    const std::string_view form = text.Form(i);
    const uint64_t hash = masked[i] ? kNameHash : HashForm(form);
    if (!masked[i]) {
      out.push_back(hash);
      if (const size_t prefix = PrefixBytes(form); prefix > 0) {
        out.push_back(HashForm(form.substr(0, prefix)) ^ kPrefixSalt);
      }
    }
    if (before != 0 && !OpensSentence(text.tokens()[i])) out.push_back(ExtendHash(before, hash));
    before = hash;
  }
}

std::vector<bool> Mask(const TokenizedText& text, ArticleField field,
                       const std::vector<CountryMention>& mentions) {
  std::vector<bool> masked(text.size(), false);
  for (const CountryMention& mention : mentions) {
    if (mention.field != field || GroupOf(mention.kind) >= 3) continue;
    for (size_t i = 0; i < mention.count; ++i) masked[mention.first + i] = true;
  }
  return masked;
}

void AddContext(const TokenizedText& text, const CountryMention& mention,
                std::vector<uint64_t>& out) {
  const size_t group = GroupOf(mention.kind);
  const size_t after = mention.first + mention.count;
  const auto form = [&](size_t i) { return HashForm(text.Form(i)); };
  const uint64_t previous = mention.first > 0 ? form(mention.first - 1) : 1;
  const uint64_t next = after < text.size() ? form(after) : 2;
  // The ending tells the case, and with it who acts and who is acted upon.
  const std::string_view last = text.Form(after - 1);
  const std::string_view ending =
      last.substr(last.size() - std::min<size_t>(last.size(), kEndingBytes));
  const uint64_t place = mention.field == ArticleField::kTitle ? 8
                         : mention.first < kOpeningTokens      ? 16
                                                               : 32;
  out.push_back((HashForm(ending) + group + place) ^ kEndingSalt);
  out.push_back((form(after - 1) + place) ^ kFormSalt);
  out.push_back((previous + group) ^ kBeforeSalt);
  out.push_back((next + group) ^ kAfterSalt);
  out.push_back(ExtendHash(previous ^ kAroundSalt, next + group));
  if (mention.first > 1) out.push_back(ExtendHash(form(mention.first - 2), previous) ^ kBeforeSalt);
  if (after + 1 < text.size()) out.push_back(ExtendHash(next, form(after + 1)) ^ kAfterSalt);
  if (after < text.size()) {
    if (const size_t prefix = PrefixBytes(text.Form(after)); prefix > 0) {
      out.push_back((HashForm(text.Form(after).substr(0, prefix)) + group) ^ kPrefixSalt);
    }
  }
}

struct Tally {
  CountryStatistics statistics;
  size_t mentions = 0;
  size_t doubtful = 0;
  size_t first = 0;  // token position over title and body
  size_t order = 0;
  double weight = 0;
  bool in_title = false;
  unsigned parts = 0;  // bits
};

// Reads the mentions in one pass.
class Counter {
 public:
  Counter(const RegionArticle& article)
      : article_(article),
        tokens_(article.title.size() + article.body.size()),
        sentence_end_(FirstSentenceEnd(article.body)) {}

  void Add(const CountryMention& mention) {
    Tally& tally = tallies_[mention.country];
    const bool title = mention.field == ArticleField::kTitle;
    const size_t position = mention.first + (title ? 0 : article_.title.size());
    if (tally.mentions == 0) {
      tally.order = order_.size();
      tally.first = position;
      tally.statistics.country = mention.country;
      order_.push_back(mention.country);
    }
    if (tally.mentions++ < kContextMentions) {
      AddContext(title ? article_.title : article_.body, mention, tally.statistics.context);
    }
    tally.doubtful += mention.doubtful;
    tally.weight += MentionWeight(mention);
    total_weight_ += MentionWeight(mention);
    ++total_;
    if (mention.optional) {
      tally.statistics.values[kOptionalCount] += 1;
      ++optional_;
      return;
    }
    tally.in_title |= title;
    tally.parts |= 1u << (position * kParts / std::max<size_t>(tokens_, 1));
    const size_t zone = title                           ? 0
                        : mention.first < sentence_end_ ? 1
                        : mention.first < kEarlyTokens  ? 2
                                                        : 3;
    const size_t group = GroupOf(mention.kind);
    tally.statistics.values[kZoneCounts + zone * kMentionGroups + group] += 1;
    tally.statistics.values[kOnlyGroup + group] += 1;
  }

  void Finish(const Gazetteer& gazetteer, RegionFeatures& features) {
    const auto in_title = static_cast<float>(std::count_if(
        tallies_.begin(), tallies_.end(), [](const auto& entry) { return entry.second.in_title; }));
    for (const uint8_t country : order_) {
      Tally& tally = tallies_[country];
      FinishCounts(tally);
      FinishComparison(tally, in_title);
      FinishArticle(gazetteer.countries()[country], in_title, tally.statistics.values);
      features.countries.push_back(std::move(tally.statistics));
    }
    features.unmentioned.country = 0xFF;
    auto& values = features.unmentioned.values;
    FinishArticle("", in_title, values);
    values[kWeightRatio] = static_cast<float>(-std::log1p(total_weight_));
    values[kCountOfOthers] = static_cast<float>(std::log1p(total_));
    values[kOrder] = values[kWeightRank] = static_cast<float>(order_.size());
  }

 private:
  void FinishCounts(Tally& tally) const {
    auto& values = tally.statistics.values;
    for (size_t i = 0; i < kOnlyGroup; ++i) values[i] = std::log1p(values[i]);
    for (size_t i = 0; i < kMentionGroups; ++i) {
      values[kOnlyGroup + i] /= static_cast<float>(tally.mentions);
    }
    values[kOptionalCount] = std::log1p(values[kOptionalCount]);
    values[kDoubtfulShare] =
        static_cast<float>(tally.doubtful) / static_cast<float>(tally.mentions);
    values[kMentioned] = 1;
    values[kSpread] =
        static_cast<float>(__builtin_popcount(tally.parts)) / static_cast<float>(kParts);
    values[kFirstPosition] = static_cast<float>(std::exp(-static_cast<double>(tally.first) / 40.0));
    values[kOrder] = static_cast<float>(tally.order);
  }

  void FinishComparison(Tally& tally, float in_title) {
    auto& values = tally.statistics.values;
    double strongest_other = 0;
    int rank = 0;
    for (const auto& [country, other] : tallies_) {
      if (country == tally.statistics.country) continue;
      strongest_other = std::max(strongest_other, other.weight);
      rank += other.weight > tally.weight;
    }
    values[kWeight] = static_cast<float>(std::log1p(tally.weight));
    values[kWeightShare] = static_cast<float>(tally.weight / total_weight_);
    values[kWeightRatio] =
        static_cast<float>(std::log((0.5 + tally.weight) / (0.5 + strongest_other)));
    values[kWeightRank] = static_cast<float>(rank);
    values[kCountOfOthers] = static_cast<float>(std::log1p(total_ - tally.mentions));
    values[kOnlyInTitle] = tally.in_title && in_title == 1 ? 1 : 0;
  }

  void FinishArticle(std::string_view code, float in_title,
                     std::array<float, kRegionFeatures>& values) {
    values[kCountries] = static_cast<float>(order_.size());
    values[kTitleCountries] = in_title;
    values[kIsRussian] = article_.language == "ru" ? 1 : 0;
    values[kHasTitle] = article_.title.size() > 0 ? 1 : 0;
    values[kLength] = static_cast<float>(std::log1p(tokens_));
    values[kIsRussia] = code == "RU" ? 1 : 0;
    values[kIsUnitedStates] = code == "US" ? 1 : 0;
    values[kIsUnion] = code == "EU" ? 1 : 0;
    values[kCrimeanSupport] = std::log1p(static_cast<float>(optional_));
  }

  const RegionArticle& article_;
  const size_t tokens_;
  const size_t sentence_end_;
  std::map<uint8_t, Tally> tallies_;
  std::vector<uint8_t> order_;
  double total_weight_ = 0;
  size_t total_ = 0;
  size_t optional_ = 0;
};

}  // namespace

float MentionWeight(const CountryMention& mention) {
  constexpr std::array<float, kMentionGroups> kGroupWeights = {3, 2.5, 2, 1.5, 1};
  float weight = kGroupWeights[GroupOf(mention.kind)];
  if (mention.field == ArticleField::kTitle) weight *= 2;
  if (mention.field == ArticleField::kBody && mention.first >= kEarlyTokens) weight *= 0.5F;
  return mention.optional ? 0.1F * weight : weight;
}

RegionFeatures ExtractRegionFeatures(const Gazetteer& gazetteer, const RegionArticle& article,
                                     const std::vector<CountryMention>& mentions) {
  RegionFeatures features;
  Counter counter(article);
  for (const CountryMention& mention : mentions) counter.Add(mention);
  counter.Finish(gazetteer, features);
  const std::vector<bool> title_mask = Mask(article.title, ArticleField::kTitle, mentions);
  const std::vector<bool> body_mask = Mask(article.body, ArticleField::kBody, mentions);
  features.head.reserve(3 * (article.title.size() + kHeadTokens));
  AddWords(article.title, 0, article.title.size(), title_mask, features.head);
  AddWords(article.body, 0, kHeadTokens, body_mask, features.head);
  AddWords(article.body, kHeadTokens, kHeadTokens + kTailTokens, body_mask, features.tail);
  return features;
}

}  // namespace rubricator
