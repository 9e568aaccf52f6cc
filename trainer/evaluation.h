// How well decided labels agree with an annotator's.
#ifndef RUBRICATOR_TRAINER_EVALUATION_H_
#define RUBRICATOR_TRAINER_EVALUATION_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace rubricator {

struct LabelCounts {
  size_t true_positives = 0;
  size_t false_positives = 0;
  size_t false_negatives = 0;

  double Precision() const;  // 0 when nothing was given
  double Recall() const;     // 0 when nothing was wanted
  double F1() const;         // 0 when there is nothing at all
};

// Collects judgements. As the judge of quality counts: macro-F1 over labels with gold items.
class Evaluation {
 public:
  // One article: what it should have, what it got, and the confidence of every label (for
  // calibration).
  void Add(const std::vector<std::string>& gold, const std::vector<std::string>& given,
           const std::map<std::string, double>& confidences);

  size_t articles() const { return articles_; }
  const std::map<std::string, LabelCounts>& labels() const { return labels_; }
  double MacroF1() const;
  double MacroF1Of(const std::vector<std::string>& labels) const;  // those of them with gold items
  double MicroF1() const;
  // Expected calibration error over ten bins of equal width, of all labels or of one.
  double CalibrationError(const std::string& label = "") const;

 private:
  struct Bins {
    double confidence[10] = {};
    double positives[10] = {};
    double count[10] = {};
  };
  size_t articles_ = 0;
  std::map<std::string, LabelCounts> labels_;
  std::map<std::string, Bins> bins_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_EVALUATION_H_
