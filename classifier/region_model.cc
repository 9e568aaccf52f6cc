#include "classifier/region_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "classifier/gazetteer_format.h"
#include "classifier/tokenizer.h"

namespace rubricator {
namespace {

constexpr uint32_t kMagic = 0x4D474252;  // "RBGM"
constexpr uint32_t kVersion = 1;
constexpr size_t kMaxFocus = 5;             // the codebook's limit
constexpr size_t kMaxUnmentioned = 4;       // countries judged by words alone
constexpr float kUnmentionedFloor = -4.0F;  // logit under which none of them was ever right

struct Header {
  uint32_t magic = kMagic;
  uint32_t version = kVersion;
  uint32_t feature_version = kRegionFeatureVersion;
  uint32_t normalizer_version = kNormalizerVersion;
  uint32_t classes = 0;
  uint32_t slots = 0;
  uint32_t weights = 0;
  uint32_t focus_trees = 0;
  uint32_t main_trees = 0;
  uint32_t named_trees = 0;
  float step = 0;
  float focus_base = 0;
  float main_base = 0;
  float named_base = 0;
};

template <typename T>
void Append(std::string& bytes, const T* items, size_t count) {
  bytes.append(reinterpret_cast<const char*>(items), count * sizeof(T));
}

float Sigmoid(float logit) { return 1.0F / (1.0F + std::exp(-logit)); }

bool TreesAreSound(const BoostedTrees& trees, size_t width) {
  for (const RegressionTree& tree : trees.trees) {
    for (const uint8_t feature : tree.features) {
      if (feature >= width) return false;
    }
  }
  return true;
}

}  // namespace

std::string SerializeRegionModel(const RegionModelParts& parts) {
  Header header{.classes = static_cast<uint32_t>(parts.word_classes.size()),
                .slots = static_cast<uint32_t>(parts.rows.slots.size()),
                .weights = static_cast<uint32_t>(parts.rows.weights.size()),
                .focus_trees = static_cast<uint32_t>(parts.focus.trees.size()),
                .main_trees = static_cast<uint32_t>(parts.main.trees.size()),
                .named_trees = static_cast<uint32_t>(parts.named.trees.size()),
                .step = parts.rows.step,
                .focus_base = parts.focus.base,
                .main_base = parts.main.base,
                .named_base = parts.named.base};
  std::string bytes;
  Append(bytes, &header, 1);
  Append(bytes, &parts.thresholds, 1);
  Append(bytes, parts.biases.data(), parts.biases.size());
  Append(bytes, parts.rows.slots.data(), parts.rows.slots.size());
  Append(bytes, parts.rows.weights.data(), parts.rows.weights.size());
  Append(bytes, parts.focus.trees.data(), parts.focus.trees.size());
  Append(bytes, parts.main.trees.data(), parts.main.trees.size());
  Append(bytes, parts.named.trees.data(), parts.named.trees.size());
  for (const std::string& code : parts.word_classes) {
    bytes += static_cast<char>(code.size());
    bytes += code;
  }
  return bytes;
}

absl::StatusOr<std::unique_ptr<RegionModel>> RegionModel::Load(std::string_view bytes,
                                                               const Gazetteer& gazetteer) {
  auto model = std::unique_ptr<RegionModel>(new RegionModel());
  GazetteerReader reader(bytes);
  Header header;
  if (!reader.Read(&header, 1) || header.magic != kMagic || header.version != kVersion ||
      header.feature_version != kRegionFeatureVersion ||
      header.normalizer_version != kNormalizerVersion) {
    return absl::DataLossError("region-model.bin is not a region model of this version");
  }
  std::vector<std::string> codes;
  RegionWordRows& rows = model->rows_;
  rows.step = header.step;
  model->focus_.base = header.focus_base;
  model->main_.base = header.main_base;
  model->named_.base = header.named_base;
  if (header.slots == 0 || (header.slots & (header.slots - 1)) != 0 || header.classes > 250 ||
      !reader.Read(&model->thresholds_, 1) || !reader.ReadVector(model->biases_, header.classes) ||
      !reader.ReadVector(rows.slots, header.slots) ||
      !reader.ReadVector(rows.weights, header.weights) ||
      !reader.ReadVector(model->focus_.trees, header.focus_trees) ||
      !reader.ReadVector(model->main_.trees, header.main_trees) ||
      !reader.ReadVector(model->named_.trees, header.named_trees) ||
      !reader.ReadStrings(codes, header.classes) || !reader.AtEnd()) {
    return absl::DataLossError(
        absl::StrCat("region-model.bin is cut short or has a tail at byte ", reader.position()));
  }
  for (const auto& slot : rows.slots) {
    if ((slot.rows >> 8) + (slot.rows & 0xFF) > header.weights) {
      return absl::DataLossError("region-model.bin: bad slot");
    }
  }
  for (const auto& weight : rows.weights) {
    if (weight.word_class >= header.classes && weight.word_class < RegionWordRows::kMainClass) {
      return absl::DataLossError("region-model.bin: bad word class");
    }
  }
  if (!TreesAreSound(model->focus_, kRegionFeatures) ||
      !TreesAreSound(model->named_, kRegionFeatures) ||
      !TreesAreSound(model->main_, 2 * kRegionFeatures)) {
    return absl::DataLossError("region-model.bin: bad tree");
  }
  model->class_of_country_.assign(256, -1);
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] == kNoCountryCode) {
      model->word_classes_.push_back(kNoCountry);
      continue;
    }
    const auto country = gazetteer.CountryIndex(codes[i]);
    if (!country) {
      return absl::FailedPreconditionError(
          absl::StrCat("region-model.bin knows ", codes[i], ", gazetteer.bin does not"));
    }
    model->word_classes_.push_back(*country);
    model->class_of_country_[*country] = static_cast<int16_t>(i);
  }
  return model;
}

std::span<const RegionWordRows::Weight> RegionModel::WeightsOf(uint64_t word) const {
  const size_t mask = rows_.slots.size() - 1;
  const auto tag = static_cast<uint32_t>(word >> 32);
  for (size_t i = word & mask, n = 0; n <= mask; i = (i + 1) & mask, ++n) {
    const RegionWordRows::Slot& slot = rows_.slots[i];
    if (slot.rows == 0) return {};
    if (slot.tag == tag) return {rows_.weights.data() + (slot.rows >> 8), slot.rows & 0xFF};
  }
  return {};
}

// Block by block in three passes, each asking the memory for what the next one reads.
void RegionModel::ScoreWords(const std::vector<uint64_t>& words, bool with_bias,
                             std::vector<float>& scores) const {
  constexpr size_t kBlockWords = 64;
  std::array<std::span<const RegionWordRows::Weight>, kBlockWords> rows;
  std::array<int32_t, 256> sums = {};
  const size_t mask = rows_.slots.size() - 1;
  for (size_t begin = 0; begin < words.size(); begin += kBlockWords) {
    const auto block = std::span(words).subspan(begin, std::min(kBlockWords, words.size() - begin));
    for (const uint64_t word : block) __builtin_prefetch(&rows_.slots[word & mask]);
    for (size_t i = 0; i < block.size(); ++i) {
      rows[i] = WeightsOf(block[i]);
      __builtin_prefetch(rows[i].data());
    }
    for (const auto& weights : std::span(rows).first(block.size())) {
      for (const RegionWordRows::Weight& weight : weights) sums[weight.word_class] += weight.value;
    }
  }
  const float scale =
      words.empty() ? 0.0F : rows_.step * kWordScale / std::sqrt(static_cast<float>(words.size()));
  scores.resize(biases_.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    scores[i] = (with_bias ? biases_[i] : 0.0F) + scale * static_cast<float>(sums[i]);
  }
}

void RegionModel::ScoreContext(CountryStatistics& country) const {
  int32_t focus = 0;
  int32_t main = 0;
  for (const uint64_t word : country.context) {
    for (const RegionWordRows::Weight& weight : WeightsOf(word)) {
      if (weight.word_class == RegionWordRows::kContextClass) focus += weight.value;
      if (weight.word_class == RegionWordRows::kMainClass) main += weight.value;
    }
  }
  const float scale = rows_.step * kContextScale /
                      std::sqrt(std::max(1.0F, static_cast<float>(country.context.size())));
  country.values[kContextScore] = scale * static_cast<float>(focus);
  country.values[kMainContextScore] = scale * static_cast<float>(main);
}

std::vector<uint8_t> FillWordScores(const RegionWordScores& scores,
                                    const std::vector<int16_t>& class_of_country,
                                    const std::vector<uint8_t>& word_classes,
                                    RegionFeatures& features) {
  std::vector<bool> mentioned(word_classes.size(), false);
  float best = kNoWordScore;
  float second = kNoWordScore;
  for (CountryStatistics& country : features.countries) {
    const int16_t word_class = class_of_country[country.country];
    const auto at = static_cast<size_t>(word_class);
    country.values[kHeadScore] = word_class < 0 ? kNoWordScore : scores.head[at];
    country.values[kTailScore] = word_class < 0 || scores.tail.empty() ? 0.0F : scores.tail[at];
    if (word_class >= 0) mentioned[at] = true;
  }
  float best_mentioned = kNoWordScore;
  float none = kNoWordScore;
  for (size_t i = 0; i < scores.head.size(); ++i) {
    if (word_classes[i] == kNoCountry) {
      none = scores.head[i];
      mentioned[i] = true;  // no candidate
      continue;
    }
    if (mentioned[i]) best_mentioned = std::max(best_mentioned, scores.head[i]);
    if (scores.head[i] > best) {
      second = best;
      best = scores.head[i];
    } else {
      second = std::max(second, scores.head[i]);
    }
  }
  features.unmentioned.values[kHeadMargin] = best;  // read by UnmentionedStatistics()
  features.unmentioned.values[kContextScore] = second;
  features.unmentioned.values[kBestOtherMentionedHead] = best_mentioned;
  features.unmentioned.values[kNoneScore] = none;
  for (CountryStatistics& country : features.countries) {
    const float head = country.values[kHeadScore];
    country.values[kHeadMargin] = head - (head >= best ? second : best);
    float best_other = kNoWordScore;
    for (const CountryStatistics& other : features.countries) {
      if (other.country != country.country)
        best_other = std::max(best_other, other.values[kHeadScore]);
    }
    country.values[kBestOtherMentionedHead] = best_other;
    country.values[kNoneScore] = none;
  }
  std::vector<uint8_t> candidates;
  for (size_t i = 0; i < scores.head.size(); ++i) {
    if (!mentioned[i] && scores.head[i] > kUnmentionedFloor)
      candidates.push_back(static_cast<uint8_t>(i));
  }
  std::sort(candidates.begin(), candidates.end(), [&](uint8_t a, uint8_t b) {
    return scores.head[a] != scores.head[b] ? scores.head[a] > scores.head[b] : a < b;
  });
  if (candidates.size() > kMaxUnmentioned) candidates.resize(kMaxUnmentioned);
  return candidates;
}

CountryStatistics UnmentionedStatistics(const RegionWordScores& scores, uint8_t word_class,
                                        uint8_t country, const RegionFeatures& features) {
  CountryStatistics statistics = features.unmentioned;
  const float best = statistics.values[kHeadMargin];
  const float second = statistics.values[kContextScore];
  const float head = scores.head[word_class];
  statistics.country = country;
  statistics.values[kHeadScore] = head;
  statistics.values[kTailScore] = scores.tail.empty() ? 0.0F : scores.tail[word_class];
  statistics.values[kHeadMargin] = head - (head >= best ? second : best);
  statistics.values[kContextScore] = 0.0F;
  return statistics;
}

void FillPair(const std::array<float, kRegionFeatures>& first,
              const std::array<float, kRegionFeatures>& second, PairValues& out) {
  for (size_t i = 0; i < kRegionFeatures; ++i) {
    out[i] = first[i];
    out[kRegionFeatures + i] = first[i] - second[i];
  }
}

std::vector<size_t> DecideFocus(const std::vector<CountryVerdict>& verdicts,
                                const RegionThresholds& thresholds, const BoostedTrees& main) {
  std::vector<size_t> focus;
  size_t best = 0;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    if (verdicts[i].focus > verdicts[best].focus) best = i;
  }
  if (verdicts.empty() || verdicts[best].focus < thresholds.main) return focus;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    if (i == best || verdicts[i].focus >= thresholds.focus) focus.push_back(i);
  }
  std::stable_sort(focus.begin(), focus.end(),
                   [&](size_t a, size_t b) { return verdicts[a].focus > verdicts[b].focus; });
  if (focus.size() > kMaxFocus) focus.resize(kMaxFocus);
  std::vector<std::pair<float, size_t>> wins;
  PairValues pair;
  for (const size_t a : focus) {
    float sum = 0.0F;
    for (const size_t b : focus) {
      if (a == b) continue;
      FillPair(verdicts[a].values, verdicts[b].values, pair);
      sum += Sigmoid(main.Score(pair));
      FillPair(verdicts[b].values, verdicts[a].values, pair);
      sum -= Sigmoid(main.Score(pair));
    }
    wins.emplace_back(sum, a);
  }
  std::stable_sort(wins.begin(), wins.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (size_t i = 0; i < focus.size(); ++i) focus[i] = wins[i].second;
  return focus;
}

std::vector<CountryVerdict> RegionModel::Judge(RegionFeatures& features) const {
  RegionWordScores scores;
  ScoreWords(features.head, true, scores.head);
  if (!features.tail.empty()) ScoreWords(features.tail, false, scores.tail);
  for (CountryStatistics& country : features.countries) ScoreContext(country);
  const auto others = FillWordScores(scores, class_of_country_, word_classes_, features);
  std::vector<CountryVerdict> verdicts;
  verdicts.reserve(features.countries.size() + others.size());
  const auto judge = [&](const CountryStatistics& country, bool mentioned) {
    const float logit = focus_.Score(country.values) * thresholds_.slope + thresholds_.offset;
    verdicts.push_back({.country = country.country,
                        .mentioned = mentioned,
                        .focus = Sigmoid(logit),
                        .values = country.values,
                        .named = mentioned ? Sigmoid(named_.Score(country.values)) : 0.0F});
  };
  for (const CountryStatistics& country : features.countries) judge(country, true);
  for (const uint8_t word_class : others) {
    judge(UnmentionedStatistics(scores, word_class, word_classes_[word_class], features), false);
  }
  return verdicts;
}

}  // namespace rubricator
