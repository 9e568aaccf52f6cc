#include "trainer/region_word_trainer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

namespace rubricator {
namespace {

// smaller ones are skipped: nine classes of ten in most articles
constexpr float kSmallGradient = 0.01F;
constexpr size_t kMaxRowWeights = 255;  // the slot's eight bits

float Sigmoid(float x) { return 1.0F / (1.0F + std::exp(-x)); }

float WordFactor(size_t words) {
  return words == 0 ? 0.0F : kWordScale / std::sqrt(static_cast<float>(words));
}
float ContextFactor(size_t words) {
  return words == 0 ? 0.0F : kContextScale / std::sqrt(static_cast<float>(words));
}

// A sample with its words looked up.
struct Rows {
  std::vector<int32_t> head;
  std::vector<std::vector<int32_t>> context;  // of each mentioned country
};

std::vector<int32_t> LookUp(const RegionVocabulary& vocabulary,
                            const std::vector<uint64_t>& words) {
  std::vector<int32_t> rows;
  rows.reserve(words.size());
  for (const uint64_t word : words) {
    if (const int32_t row = vocabulary.Row(word); row >= 0) rows.push_back(row);
  }
  return rows;
}

class WordTrainer {
 public:
  WordTrainer(std::span<const RegionSample> samples, const RegionVocabulary& vocabulary,
              const RegionWordOptions& options, int held_out)
      : samples_(samples),
        vocabulary_(vocabulary),
        options_(options),
        classes_(vocabulary.word_classes().size()) {
    model_.stride = classes_ + 2;
    model_.weights.assign(vocabulary.rows() * model_.stride, 0.0F);
    squares_.assign(model_.weights.size(), 1e-4F);
    model_.biases.assign(classes_, -4.0F);
    bias_squares_.assign(classes_, 1.0F);
    shared_.fill(0.0F);
    shared_squares_.fill(1.0F);
    main_shared_.fill(0.0F);
    main_squares_.fill(1.0F);
    rows_.resize(samples.size());
    for (size_t i = 0; i < samples.size(); ++i) {
      if (samples[i].fold == held_out) continue;
      used_.push_back(i);
      rows_[i].head = LookUp(vocabulary, samples[i].features.head);
      for (const auto& country : samples[i].features.countries) {
        rows_[i].context.push_back(LookUp(vocabulary, country.context));
      }
    }
  }

  RegionWordModel Train() {
    std::mt19937_64 random(options_.seed);
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      rate_ = static_cast<float>(options_.learning_rate * (1.0 - 0.8 * epoch / options_.epochs));
      for (size_t i = used_.size(); i > 1; --i) std::swap(used_[i - 1], used_[random() % i]);
      for (const size_t i : used_) Step(samples_[i], rows_[i]);
    }
    for (float& weight : model_.weights) {
      if (std::abs(weight) < options_.least_weight) weight = 0.0F;
    }
    return std::move(model_);
  }

 private:
  void Step(const RegionSample& sample, const Rows& rows) {
    const float factor = WordFactor(sample.features.head.size());
    logits_.assign(model_.biases.begin(), model_.biases.end());
    for (const int32_t row : rows.head) {
      const float* weights = model_.weights.data() + static_cast<size_t>(row) * model_.stride;
      for (size_t c = 0; c < classes_; ++c) logits_[c] += factor * weights[c];
    }
    gradients_.assign(classes_, 0.0F);
    std::vector<bool> mentioned(classes_, false);
    for (size_t n = 0; n < sample.features.countries.size(); ++n) {
      const CountryStatistics& country = sample.features.countries[n];
      const int16_t word_class = vocabulary_.class_of_country()[country.country];
      StepMentioned(sample, country, rows.context[n], word_class);
      if (sample.focus.size() > 1) StepMain(sample, country, rows.context[n]);
      if (word_class >= 0) mentioned[static_cast<size_t>(word_class)] = true;
    }
    for (size_t c = 0; c < classes_; ++c) {
      if (mentioned[c]) continue;
      const float target = IsFocus(sample, vocabulary_.word_classes()[c]) ? 1.0F : 0.0F;
      gradients_[c] = sample.weight * (Sigmoid(logits_[c]) - target);
    }
    UpdateWords(rows.head, factor);
  }

  static bool IsFocus(const RegionSample& sample, uint8_t country) {
    if (country == kNoCountry) return sample.focus.empty();
    return std::find(sample.focus.begin(), sample.focus.end(), country) != sample.focus.end();
  }

  void StepMentioned(const RegionSample& sample, const CountryStatistics& country,
                     const std::vector<int32_t>& context, int16_t word_class) {
    const float factor = ContextFactor(country.context.size());
    float logit = word_class < 0 ? -4.0F : logits_[static_cast<size_t>(word_class)];
    for (size_t k = 0; k < kStatistics; ++k) logit += shared_[k] * country.values[k];
    for (const int32_t row : context) {
      logit += factor * model_.weights[static_cast<size_t>(row) * model_.stride + classes_];
    }
    const float target = IsFocus(sample, country.country) ? 1.0F : 0.0F;
    const float gradient = sample.weight * (Sigmoid(logit) - target);
    if (word_class >= 0) gradients_[static_cast<size_t>(word_class)] = gradient;
    for (size_t k = 0; k < kStatistics; ++k) {
      if (country.values[k] == 0.0F) continue;
      const float g = gradient * country.values[k];
      shared_squares_[k] += g * g;
      shared_[k] -= rate_ * g / std::sqrt(shared_squares_[k]);
    }
    for (const int32_t row : context) {
      Update(static_cast<size_t>(row) * model_.stride + classes_, gradient * factor);
    }
  }

  // Learns which of several focus countries is the main one.
  void StepMain(const RegionSample& sample, const CountryStatistics& country,
                const std::vector<int32_t>& context) {
    if (!IsFocus(sample, country.country)) return;
    const float factor = ContextFactor(country.context.size());
    float logit = 0.0F;
    for (size_t k = 0; k < kStatistics; ++k) logit += main_shared_[k] * country.values[k];
    for (const int32_t row : context) {
      logit += factor * model_.weights[static_cast<size_t>(row) * model_.stride + classes_ + 1];
    }
    const float target = sample.focus[0] == country.country ? 1.0F : 0.0F;
    const float gradient = sample.weight * (Sigmoid(logit) - target);
    for (size_t k = 0; k < kStatistics; ++k) {
      const float g = gradient * country.values[k];
      main_squares_[k] += g * g;
      main_shared_[k] -= rate_ * g / std::sqrt(main_squares_[k]);
    }
    for (const int32_t row : context) {
      Update(static_cast<size_t>(row) * model_.stride + classes_ + 1, gradient * factor);
    }
  }

  void Update(size_t at, float gradient) {
    const float g = gradient + static_cast<float>(options_.l2) * model_.weights[at];
    squares_[at] += g * g;
    model_.weights[at] -= rate_ * g / std::sqrt(squares_[at]);
  }

  void UpdateWords(const std::vector<int32_t>& head, float factor) {
    for (size_t c = 0; c < classes_; ++c) {
      const float gradient = gradients_[c];
      if (std::abs(gradient) < kSmallGradient) continue;
      bias_squares_[c] += gradient * gradient;
      model_.biases[c] -= rate_ * gradient / std::sqrt(bias_squares_[c]);
      for (const int32_t row : head) {
        Update(static_cast<size_t>(row) * model_.stride + c, gradient * factor);
      }
    }
  }

  std::span<const RegionSample> samples_;
  const RegionVocabulary& vocabulary_;
  const RegionWordOptions& options_;
  const size_t classes_;
  RegionWordModel model_;
  std::vector<float> squares_, bias_squares_, logits_, gradients_;
  std::array<float, kStatistics> shared_, shared_squares_, main_shared_, main_squares_;
  std::vector<Rows> rows_;
  std::vector<size_t> used_;
  float rate_ = 0.0F;
};

}  // namespace

RegionVocabulary::RegionVocabulary(std::span<const RegionSample> samples,
                                   const RegionWordOptions& options) {
  std::unordered_map<uint64_t, int> articles;
  std::vector<int> focus(256, 0);
  std::vector<uint64_t> seen;
  for (const RegionSample& sample : samples) {
    seen = sample.features.head;
    for (const auto& country : sample.features.countries) {
      seen.insert(seen.end(), country.context.begin(), country.context.end());
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (const uint64_t word : seen) ++articles[word];
    for (const uint8_t country : sample.focus) ++focus[country];
  }
  for (const auto& [word, count] : articles) {
    if (count >= options.least_articles) words_.push_back(word);
  }
  std::sort(words_.begin(), words_.end());
  for (size_t i = 0; i < words_.size(); ++i) row_of_.emplace(words_[i], static_cast<int32_t>(i));
  class_of_country_.assign(256, -1);
  for (size_t country = 0; country < focus.size(); ++country) {
    if (focus[country] < options.least_focus_articles) continue;
    class_of_country_[country] = static_cast<int16_t>(word_classes_.size());
    word_classes_.push_back(static_cast<uint8_t>(country));
  }
  word_classes_.push_back(kNoCountry);
}

int32_t RegionVocabulary::Row(uint64_t word) const {
  const auto it = row_of_.find(word);
  return it == row_of_.end() ? -1 : it->second;
}

RegionWordModel TrainRegionWords(std::span<const RegionSample> samples,
                                 const RegionVocabulary& vocabulary,
                                 const RegionWordOptions& options, int held_out) {
  return WordTrainer(samples, vocabulary, options, held_out).Train();
}

RegionWordScores ScoreRegionWords(const RegionWordModel& model, const RegionVocabulary& vocabulary,
                                  const RegionFeatures& features) {
  const auto score = [&](const std::vector<uint64_t>& words, std::vector<float>& scores) {
    const float factor = WordFactor(words.size());
    for (const int32_t row : LookUp(vocabulary, words)) {
      const float* weights = model.weights.data() + static_cast<size_t>(row) * model.stride;
      for (size_t c = 0; c < scores.size(); ++c) scores[c] += factor * weights[c];
    }
  };
  RegionWordScores scores;
  scores.head = model.biases;
  score(features.head, scores.head);
  if (!features.tail.empty()) {
    scores.tail.assign(model.biases.size(), 0.0F);
    score(features.tail, scores.tail);
  }
  return scores;
}

void ScoreRegionContext(const RegionWordModel& model, const RegionVocabulary& vocabulary,
                        CountryStatistics& country) {
  float focus = 0.0F;
  float main = 0.0F;
  for (const int32_t row : LookUp(vocabulary, country.context)) {
    const float* last = model.weights.data() + (static_cast<size_t>(row) + 1) * model.stride;
    focus += last[-2];
    main += last[-1];
  }
  country.values[kContextScore] = ContextFactor(country.context.size()) * focus;
  country.values[kMainContextScore] = ContextFactor(country.context.size()) * main;
}

RegionWordRows CompressRegionWords(const RegionWordModel& model,
                                   const RegionVocabulary& vocabulary) {
  RegionWordRows rows;
  float largest = 0.0F;
  for (const float weight : model.weights) largest = std::max(largest, std::abs(weight));
  rows.step = largest / 127.0F;
  if (rows.step <= 0.0F) rows.step = 1.0F;
  std::map<uint64_t, std::vector<RegionWordRows::Weight>> kept;
  for (size_t row = 0; row < vocabulary.rows(); ++row) {
    std::vector<RegionWordRows::Weight> weights;
    for (size_t c = 0; c < model.stride; ++c) {
      const float weight = model.weights[row * model.stride + c];
      const auto value = static_cast<int8_t>(std::lround(weight / rows.step));
      if (value == 0) continue;
      const uint8_t word_class = c + 1 == model.stride   ? RegionWordRows::kMainClass
                                 : c + 2 == model.stride ? RegionWordRows::kContextClass
                                                         : static_cast<uint8_t>(c);
      weights.push_back({word_class, value});
    }
    if (weights.size() > kMaxRowWeights) weights.resize(kMaxRowWeights);
    if (!weights.empty()) kept.emplace(vocabulary.words()[row], std::move(weights));
  }
  rows.slots.assign(std::bit_ceil(kept.size() * 4 / 3 + 2), RegionWordRows::Slot{0, 0});
  for (const auto& [word, weights] : kept) {
    size_t at = word & (rows.slots.size() - 1);
    while (rows.slots[at].rows != 0) at = (at + 1) & (rows.slots.size() - 1);
    rows.slots[at] = {static_cast<uint32_t>(word >> 32),
                      static_cast<uint32_t>(rows.weights.size() << 8 | weights.size())};
    rows.weights.insert(rows.weights.end(), weights.begin(), weights.end());
  }
  return rows;
}

}  // namespace rubricator
