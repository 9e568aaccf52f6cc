#include "classifier/topic_pooling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace rubricator {

std::vector<std::pair<size_t, size_t>> SplitIntoWindows(size_t words, size_t window_words) {
  if (words <= window_words) return {{0, words}};
  std::vector<std::pair<size_t, size_t>> windows;
  for (size_t begin = 0; begin + window_words < words; begin += window_words / 2) {
    windows.emplace_back(begin, begin + window_words);
  }
  windows.emplace_back(words - window_words, words);
  return windows;
}

PooledScores::PooledScores(const CompiledTopicModel& model, const WordScores& scores,
                           const PoolingRule& rule)
    : scores_(scores), rule_(rule), labels_(scores.labels) {
  SumPrefixes();
  std::vector<PoolingFeature> all = rule.features;
  all.insert(all.end(), rule.cross_features.begin(), rule.cross_features.end());
  for (const PoolingFeature& feature : all) {
    const bool is_there = std::any_of(sets_.begin(), sets_.end(), [&](const WindowSet& set) {
      return set.window_words == feature.window_words;
    });
    if (is_there) continue;
    sets_.push_back({feature.window_words, {}, {}});
    ScoreWindows(model, sets_.back());
  }
  CrossLabels();
}

void PooledScores::CrossLabels() {
  for (const PoolingFeature& feature : rule_.cross_features) {
    for (size_t label = 0; label < labels_; ++label) {
      cross_.push_back(1.0 / (1.0 + std::exp(-FeatureValue(feature, label))));
    }
  }
}

void PooledScores::SumPrefixes() {
  const size_t words = scores_.word_rows.size();
  prefix_.assign((words + 1) * labels_, 0.0f);
  prefix_rows_.assign(words + 1, 0);
  for (size_t i = 0; i < words; ++i) {
    const float* before = &prefix_[i * labels_];
    float* after = &prefix_[(i + 1) * labels_];
    const float* word = scores_.WordRow(i).data();
    const float* pair = scores_.PairRow(i).data();
    for (size_t label = 0; label < labels_; ++label)
      after[label] = before[label] + word[label] + pair[label];
    prefix_rows_[i + 1] = prefix_rows_[i] + scores_.word_rows[i] + scores_.pair_rows[i];
  }
}

void PooledScores::ScoreWindows(const CompiledTopicModel& model, WindowSet& set) {
  const size_t words = scores_.word_rows.size();
  const auto spans = set.window_words == 0 ? std::vector<std::pair<size_t, size_t>>{{0, words}}
                                           : SplitIntoWindows(words, set.window_words);
  set.logits.assign(spans.size() * labels_, 0.0f);
  for (size_t i = 0; i < spans.size(); ++i) {
    const auto [begin, end] = spans[i];
    const std::span<float> sum(&set.logits[i * labels_], labels_);
    size_t rows = model.AddEnd(sum);
    if (end > begin) {
      const size_t last = end - 1;
      // The last word's pair leads out of the window: the end of the line stands in its place.
      for (size_t label = 0; label < labels_; ++label) {
        sum[label] += prefix_[last * labels_ + label] - prefix_[begin * labels_ + label] +
                      scores_.word[last * scores_.stride + label];
      }
      rows += prefix_rows_[last] - prefix_rows_[begin] + scores_.word_rows[last];
      rows += model.AddPairWithEnd(scores_.hashes[last], sum);
    }
    const double scale =
        rows == 0 ? 0.0 : std::pow(static_cast<double>(rows), -rule_.length_exponent);
    for (float& value : sum) value *= static_cast<float>(scale);
    set.windows.push_back({begin, end, scale});
    if (set.window_words == 0) total_rows_ = rows;
  }
}

const PooledScores::WindowSet& PooledScores::SetOf(const PoolingFeature& feature) const {
  return *std::find_if(sets_.begin(), sets_.end(), [&](const WindowSet& set) {
    return set.window_words == feature.window_words;
  });
}

std::vector<size_t> PooledScores::Chosen(const PoolingFeature& feature, const WindowSet& set,
                                         size_t label) const {
  std::vector<size_t> all(set.windows.size());
  std::iota(all.begin(), all.end(), size_t{0});
  const auto take_greatest = [&](size_t count) {
    const size_t found = std::min(count, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<ptrdiff_t>(found), all.end(),
                      [&](size_t a, size_t b) {
                        const float left = set.logits[a * labels_ + label];
                        const float right = set.logits[b * labels_ + label];
                        return left != right ? left > right : a < b;
                      });
    all.resize(found);
    all.resize(count, all.back());
    return all;
  };
  switch (feature.statistic) {
    case PoolingStatistic::kWhole:
    case PoolingStatistic::kFirst:
      return {0};
    case PoolingStatistic::kMean:
      return all;
    case PoolingStatistic::kMax:
      return take_greatest(1);
    case PoolingStatistic::kTop2:
      return take_greatest(2);
    case PoolingStatistic::kTop3:
      return take_greatest(3);
    case PoolingStatistic::kLogWindows:
    case PoolingStatistic::kLogRows:
      break;
  }
  return {};
}

double PooledScores::FeatureValue(const PoolingFeature& feature, size_t label) const {
  const WindowSet& set = SetOf(feature);
  switch (feature.statistic) {
    case PoolingStatistic::kLogWindows:
      return std::log(static_cast<double>(set.windows.size()));
    case PoolingStatistic::kLogRows:
      return std::log(static_cast<double>(std::max<size_t>(1, total_rows_)));
    case PoolingStatistic::kWhole:
    case PoolingStatistic::kFirst:
      return set.logits[label];
    case PoolingStatistic::kMean:
      return MeanLogit(set, label);
    case PoolingStatistic::kMax:
      return GreatestLogits<1>(set, label);
    case PoolingStatistic::kTop2:
      return GreatestLogits<2>(set, label);
    case PoolingStatistic::kTop3:
      return GreatestLogits<3>(set, label);
  }
  return 0.0;
}

double PooledScores::MeanLogit(const WindowSet& set, size_t label) const {
  double sum = 0.0;
  for (size_t at = label; at < set.logits.size(); at += labels_) sum += set.logits[at];
  return sum / static_cast<double>(set.windows.size());
}

template <size_t kCount>
double PooledScores::GreatestLogits(const WindowSet& set, size_t label) const {
  std::array<float, kCount> greatest;  // falling
  greatest.fill(-std::numeric_limits<float>::infinity());
  for (size_t at = label; at < set.logits.size(); at += labels_) {
    float value = set.logits[at];
    for (float& place : greatest) {
      const float less = std::min(place, value);
      place = std::max(place, value);
      value = less;
    }
  }
  const size_t found = std::min(kCount, set.windows.size());
  std::fill(greatest.begin() + static_cast<ptrdiff_t>(found), greatest.end(), greatest[found - 1]);
  return std::accumulate(greatest.begin(), greatest.end(), 0.0) / static_cast<double>(kCount);
}

std::vector<double> PooledScores::Features(size_t label) const {
  std::vector<double> features;
  features.reserve(rule_.WeightCount(labels_));
  for (const PoolingFeature& feature : rule_.features)
    features.push_back(FeatureValue(feature, label));
  for (size_t i = 0; i < cross_.size(); ++i)
    features.push_back(i % labels_ == label ? 0.0 : cross_[i]);
  return features;
}

double PooledScores::Logit(size_t label, double bias, std::span<const double> weights) const {
  const std::vector<double> features = Features(label);
  return std::inner_product(features.begin(), features.end(), weights.begin(), bias);
}

namespace {

// What the row of each word in turn is multiplied with: the sum over the windows that it stands in.
class RunningWeight {
 public:
  explicit RunningWeight(size_t words) : steps_(words + 1) {}

  void Add(double weight, size_t begin, size_t end) {
    steps_[begin].weight += weight;
    steps_[end].weight -= weight;
    ++steps_[begin].windows;
    --steps_[end].windows;
  }

  double Next() {
    const Step& step = steps_[next_++];
    windows_ += step.windows;
    weight_ = windows_ == 0 ? 0.0 : weight_ + step.weight;  // or what was rounded would stay
    return weight_;
  }

 private:
  struct Step {
    double weight = 0.0;
    int windows = 0;
  };
  std::vector<Step> steps_;
  size_t next_ = 0;
  int windows_ = 0;
  double weight_ = 0.0;
};

}  // namespace

std::vector<double> PooledScores::Contributions(size_t label,
                                                std::span<const double> weights) const {
  const size_t words = scores_.word_rows.size();
  RunningWeight word_weights(words);
  RunningWeight pair_weights(words);  // the last word's pair leads out of a window
  for (size_t i = 0; i < rule_.features.size(); ++i) {
    const WindowSet& set = SetOf(rule_.features[i]);
    const std::vector<size_t> chosen = Chosen(rule_.features[i], set, label);
    for (const size_t index : chosen) {
      const Window& window = set.windows[index];
      if (window.begin == window.end) continue;
      const double share = weights[i] * window.scale / static_cast<double>(chosen.size());
      word_weights.Add(share, window.begin, window.end);
      pair_weights.Add(share, window.begin, window.end - 1);
    }
  }
  std::vector<double> contributions(words);
  double half_pair_before = 0.0;
  for (size_t word = 0; word < words; ++word) {
    const double half_pair = pair_weights.Next() * scores_.PairRow(word)[label] / 2;
    contributions[word] =
        half_pair_before + word_weights.Next() * scores_.WordRow(word)[label] + half_pair;
    half_pair_before = half_pair;
  }
  return contributions;
}

}  // namespace rubricator
