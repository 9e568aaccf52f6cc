#include "trainer/evaluation.h"

#include <algorithm>
#include <cmath>

namespace rubricator {
namespace {

bool Contains(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

double Ratio(double part, double whole) { return whole == 0.0 ? 0.0 : part / whole; }

}  // namespace

double LabelCounts::Precision() const {
  return Ratio(static_cast<double>(true_positives),
               static_cast<double>(true_positives + false_positives));
}

double LabelCounts::Recall() const {
  return Ratio(static_cast<double>(true_positives),
               static_cast<double>(true_positives + false_negatives));
}

double LabelCounts::F1() const {
  return Ratio(2.0 * static_cast<double>(true_positives),
               static_cast<double>(2 * true_positives + false_positives + false_negatives));
}

void Evaluation::Add(const std::vector<std::string>& gold, const std::vector<std::string>& given,
                     const std::map<std::string, double>& confidences) {
  ++articles_;
  for (const std::string& label : gold) {
    ++(Contains(given, label) ? labels_[label].true_positives : labels_[label].false_negatives);
  }
  for (const std::string& label : given) {
    if (!Contains(gold, label)) ++labels_[label].false_positives;
  }
  for (const auto& [label, confidence] : confidences) {
    Bins& bins = bins_[label];
    const int bin = std::clamp(static_cast<int>(confidence * 10.0), 0, 9);
    bins.confidence[bin] += confidence;
    bins.positives[bin] += Contains(gold, label) ? 1.0 : 0.0;
    bins.count[bin] += 1.0;
  }
}

double Evaluation::MacroF1() const {
  double sum = 0.0;
  size_t count = 0;
  for (const auto& [label, counts] : labels_) {
    if (counts.true_positives + counts.false_negatives == 0) continue;
    sum += counts.F1();
    ++count;
  }
  return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

double Evaluation::MacroF1Of(const std::vector<std::string>& labels) const {
  double sum = 0.0;
  size_t count = 0;
  for (const std::string& label : labels) {
    const auto found = labels_.find(label);
    if (found == labels_.end() || found->second.true_positives + found->second.false_negatives == 0)
      continue;
    sum += found->second.F1();
    ++count;
  }
  return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

double Evaluation::MicroF1() const {
  LabelCounts all;
  for (const auto& [label, counts] : labels_) {
    all.true_positives += counts.true_positives;
    all.false_positives += counts.false_positives;
    all.false_negatives += counts.false_negatives;
  }
  return all.F1();
}

double Evaluation::CalibrationError(const std::string& label) const {
  Bins sum;
  for (const auto& [name, bins] : bins_) {
    if (!label.empty() && name != label) continue;
    for (int i = 0; i < 10; ++i) {
      sum.confidence[i] += bins.confidence[i];
      sum.positives[i] += bins.positives[i];
      sum.count[i] += bins.count[i];
    }
  }
  double error = 0.0;
  double total = 0.0;
  for (int i = 0; i < 10; ++i) {
    error += std::abs(sum.confidence[i] - sum.positives[i]);
    total += sum.count[i];
  }
  return total == 0.0 ? 0.0 : error / total;
}

}  // namespace rubricator
