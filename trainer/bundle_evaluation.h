// Compares a bundle's topics with annotated articles.
#ifndef RUBRICATOR_TRAINER_BUNDLE_EVALUATION_H_
#define RUBRICATOR_TRAINER_BUNDLE_EVALUATION_H_

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/classifier.h"
#include "trainer/archive_reader.h"
#include "trainer/evaluation.h"
#include "trainer/judged_article.h"

namespace rubricator {

struct BundleJudgement {
  std::vector<JudgedArticle> articles;  // the labelled ones, in order
  std::vector<BadLine> bad_lines;
};

struct JudgementOptions {
  ArchiveOptions archive;
  bool keeps_titles = false;
  bool adds_corrected_texts = false;  // that are in none of the files, but kept with the correction
  bool only_corrected = false;        // passes over articles that nobody corrected
};

// Lets the bundle in `folder` classify the articles of `files`. Gold labels that are no topics of
// the bundle are kept: they count as missed. Errors: as Classifier::Load() and ReadArchive().
absl::StatusOr<BundleJudgement> JudgeBundle(const std::filesystem::path& folder,
                                            const std::vector<std::filesystem::path>& files,
                                            const JudgementOptions& options);

// The figures of judged articles; `topics` in the order of their confidences.
Evaluation EvaluationOf(const std::vector<JudgedArticle>& articles,
                        const std::vector<TopicLabel>& topics);

// Prints F1 of each label by two bundles on the same articles, and the means, to stdout.
void PrintComparison(const Evaluation& before, const Evaluation& after);

// Prints labels with precision, recall and F1 to stdout, then the means and the calibration errors.
void PrintEvaluation(const Evaluation& evaluation);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_BUNDLE_EVALUATION_H_
