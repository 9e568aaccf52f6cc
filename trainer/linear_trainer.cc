#include "trainer/linear_trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace rubricator {
namespace {

constexpr size_t kDecayInterval = 4000;  // texts between two passes of L2 over all rows
constexpr double kEndScale = 0.1;        // the end of a line stands in every text and says nothing

std::vector<float> RowScales(const FeatureSpace& space, double subword_scale) {
  std::vector<float> scales(space.row_count());
  for (size_t row = 0; row < scales.size(); ++row) {
    const double idf =
        std::log(static_cast<double>(space.total_documents()) / std::max(1u, space.documents(row)));
    const FeatureKind kind = space.kind(row);
    const double factor = kind == FeatureKind::kCharNgram ? subword_scale : 1.0;
    scales[row] = static_cast<float>(kind == FeatureKind::kEnd ? kEndScale : factor * idf);
  }
  return scales;
}

// The rows of one text, each once, with how often it stands there.
class RowCounter {
 public:
  explicit RowCounter(size_t rows) : place_(rows, 0), stamp_(rows, 0) {}

  void Read(const FeatureSpace& space, std::span<const uint32_t> words) {
    all_.clear();
    rows_.clear();
    counts_.clear();
    ++now_;
    space.AppendRows(words, all_);
    for (const int32_t row : all_) {
      const auto i = static_cast<size_t>(row);
      if (stamp_[i] == now_) {
        counts_[place_[i]] += 1.0f;
        continue;
      }
      stamp_[i] = now_;
      place_[i] = static_cast<uint32_t>(rows_.size());
      rows_.push_back(row);
      counts_.push_back(1.0f);
    }
  }

  size_t total() const { return all_.size(); }
  const std::vector<int32_t>& rows() const { return rows_; }
  const std::vector<float>& counts() const { return counts_; }

 private:
  std::vector<int32_t> all_, rows_;
  std::vector<float> counts_;
  std::vector<uint32_t> place_;
  std::vector<uint32_t> stamp_;
  uint32_t now_ = 0;
};

class AdaGrad {
 public:
  AdaGrad(const FeatureSpace& space, size_t labels, const LinearOptions& options)
      : space_(space),
        options_(options),
        labels_(labels),
        scales_(RowScales(space, options.subword_scale)),
        counter_(space.row_count()),
        weights_(space.row_count() * labels, 0.0f),
        squares_(weights_.size(), 0.0f),
        bias_(labels, 0.0f),
        bias_squares_(labels, 0.0f) {}

  void Learn(const TrainingText& text, float rate) {
    counter_.Read(space_, text.words);
    const float length = std::pow(static_cast<float>(counter_.total()),
                                  -static_cast<float>(options_.length_exponent));
    const std::vector<int32_t>& rows = counter_.rows();
    inputs_.resize(rows.size());
    logits_ = bias_;
    for (size_t i = 0; i < rows.size(); ++i) {
      inputs_[i] = counter_.counts()[i] * scales_[static_cast<size_t>(rows[i])] * length;
      const float* row = &weights_[static_cast<size_t>(rows[i]) * labels_];
      for (size_t label = 0; label < labels_; ++label) logits_[label] += inputs_[i] * row[label];
    }
    gradient_.resize(labels_);
    for (size_t label = 0; label < labels_; ++label) {
      const float target = text.targets[label];
      gradient_[label] =
          target < 0.0f ? 0.0f : text.weight * (1.0f / (1.0f + std::exp(-logits_[label])) - target);
      bias_squares_[label] += gradient_[label] * gradient_[label];
      bias_[label] -= rate * 0.3f * gradient_[label] / std::sqrt(bias_squares_[label] + 1e-6f);
    }
    for (size_t i = 0; i < rows.size(); ++i)
      UpdateRow(static_cast<size_t>(rows[i]), inputs_[i], rate);
  }

  // The L2 penalty of `texts` texts at once, as a proximal step of each weight's own rate.
  void Decay(size_t texts, float rate) {
    const float penalty = static_cast<float>(options_.l2) * static_cast<float>(texts) * rate;
    for (size_t i = 0; i < weights_.size(); ++i) {
      if (weights_[i] != 0.0f) weights_[i] /= 1.0f + penalty / std::sqrt(squares_[i] + 1e-8f);
    }
  }

  void AddTo(LinearModel& sum) const {
    for (size_t i = 0; i < weights_.size(); ++i) sum.rows[i] += weights_[i];
    for (size_t i = 0; i < labels_; ++i) sum.bias[i] += bias_[i];
  }

  void Finish(LinearModel& sum, int added) const {
    const float share = 1.0f / static_cast<float>(added);
    for (size_t row = 0; row < scales_.size(); ++row) {
      for (size_t label = 0; label < labels_; ++label)
        sum.rows[row * labels_ + label] *= share * scales_[row];
    }
    for (float& bias : sum.bias) bias *= share;
  }

 private:
  void UpdateRow(size_t row, float input, float rate) {
    float* weight = &weights_[row * labels_];
    float* square = &squares_[row * labels_];
    for (size_t label = 0; label < labels_; ++label) {
      const float slope = gradient_[label] * input;
      square[label] += slope * slope;
      weight[label] -= rate * slope / std::sqrt(square[label] + 1e-8f);
    }
  }

  const FeatureSpace& space_;
  const LinearOptions& options_;
  size_t labels_;
  std::vector<float> scales_;
  RowCounter counter_;
  std::vector<float> weights_, squares_, bias_, bias_squares_;
  std::vector<float> inputs_, logits_, gradient_;
};

// Fisher and Yates, by hand: std::shuffle's order is each library's own.
void Shuffle(std::vector<uint32_t>& order, std::mt19937_64& random) {
  for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

}  // namespace

LinearModel TrainLinearModel(const FeatureSpace& space, std::span<const TrainingText> texts,
                             size_t labels, const LinearOptions& options,
                             const std::function<bool(double)>& progress) {
  AdaGrad learner(space, labels, options);
  LinearModel model{labels, std::vector<float>(space.row_count() * labels, 0.0f),
                    std::vector<float>(labels, 0.0f)};
  std::vector<uint32_t> order(texts.size());
  std::iota(order.begin(), order.end(), 0u);
  std::mt19937_64 random(options.seed);
  const int first_averaged = std::max(0, options.epochs - std::max(1, options.averaged_epochs));
  int added = 0;
  bool goes_on = true;
  for (int epoch = 0; epoch < options.epochs && goes_on; ++epoch) {
    Shuffle(order, random);
    const double rate = options.learning_rate * (1.0 - 0.9 * epoch / options.epochs);
    size_t since_decay = 0;
    for (size_t i = 0; i < order.size(); ++i) {
      learner.Learn(texts[order[i]], static_cast<float>(rate));
      if (++since_decay < kDecayInterval && i + 1 < order.size()) continue;
      learner.Decay(since_decay, static_cast<float>(rate));
      since_decay = 0;
      const double done =
          (epoch + static_cast<double>(i + 1) / static_cast<double>(order.size())) / options.epochs;
      goes_on = !progress || progress(done);
      if (!goes_on) break;
    }
    if (epoch < first_averaged && goes_on) continue;
    learner.AddTo(model);
    ++added;
  }
  if (added > 0) learner.Finish(model, added);
  return model;
}

}  // namespace rubricator
