#include "trainer/bundle_evaluation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "classifier/compiled_topic_model.h"
#include "classifier/status_macros.h"
#include "classifier/topic_pooling.h"
#include "trainer/topic_corpus.h"

namespace rubricator {
namespace {

// The confidences of all topics, of which the classifier only tells those that it gives.
class TopicScorer {
 public:
  static absl::StatusOr<TopicScorer> Open(const std::filesystem::path& folder,
                                          const ModelManifest& manifest) {
    ASSIGN_OR_RETURN(auto model, CompiledTopicModel::Open(folder / manifest.topic_model_file));
    return TopicScorer(std::move(model), manifest);
  }

  void Score(const LabelledArticle& article, JudgedArticle& judged) {
    const std::vector<std::string_view>& words = words_->Read(article);
    judged.words = words.size();
    model_->Score(words, scores_);
    const PooledScores pooled(*model_, scores_, manifest_.pooling);
    for (const TopicLabel& topic : manifest_.topics) {
      const auto label = std::find(model_->labels().begin(), model_->labels().end(), topic.id);
      const double logit = pooled.Logit(static_cast<size_t>(label - model_->labels().begin()),
                                        topic.bias, topic.weights);
      judged.confidences.push_back(static_cast<float>(1.0 / (1.0 + std::exp(-logit))));
    }
  }

 private:
  TopicScorer(std::unique_ptr<CompiledTopicModel> model, const ModelManifest& manifest)
      : model_(std::move(model)), manifest_(manifest), words_(std::make_unique<ArticleWords>()) {}
  std::unique_ptr<CompiledTopicModel> model_;
  const ModelManifest& manifest_;
  std::unique_ptr<ArticleWords> words_;
  WordScores scores_;
};

}  // namespace

absl::StatusOr<BundleJudgement> JudgeBundle(const std::filesystem::path& folder,
                                            const std::vector<std::filesystem::path>& files,
                                            const JudgementOptions& options) {
  ASSIGN_OR_RETURN(const auto classifier, Classifier::Load(folder));
  ASSIGN_OR_RETURN(TopicScorer scorer, TopicScorer::Open(folder, classifier->manifest()));
  BundleJudgement judgement;
  const auto judge = [&](const LabelledArticle& labelled) {
    if (!labelled.is_labelled || (options.only_corrected && !labelled.is_corrected)) return;
    JudgedArticle& judged = judgement.articles.emplace_back();
    judged.id = labelled.id;
    if (options.keeps_titles) judged.title = labelled.title;
    judged.language = labelled.language;
    judged.source = labelled.source;
    judged.gold = labelled.topics;
    Article article;
    article.title = labelled.title;
    article.body = labelled.body;
    const auto analysis = classifier->Classify(article, {});
    if (!analysis.ok()) return;
    for (const Topic& topic : analysis->topics) judged.given.push_back(topic.id);
    scorer.Score(labelled, judged);
    const bool abstained = analysis->outcome == Outcome::kInsufficientText ||
                           analysis->outcome == Outcome::kUnsupportedLanguage;
    if (abstained) judged.confidences.clear();
  };
  for (const std::filesystem::path& file : files) {
    RETURN_IF_ERROR(ReadArchive(file, options.archive, judge, [&](BadLine line) {
      judgement.bad_lines.push_back(std::move(line));
    }));
  }
  if (options.adds_corrected_texts && options.archive.corrections != nullptr) {
    for (const LabelledArticle& article : options.archive.corrections->RestWithText()) {
      judge(article);
    }
  }
  return judgement;
}

Evaluation EvaluationOf(const std::vector<JudgedArticle>& articles,
                        const std::vector<TopicLabel>& topics) {
  Evaluation evaluation;
  for (const JudgedArticle& article : articles) {
    std::map<std::string, double> confidences;
    for (size_t i = 0; i < article.confidences.size(); ++i)
      confidences[topics[i].id] = article.confidences[i];
    evaluation.Add(article.gold, article.given, confidences);
  }
  return evaluation;
}

void PrintComparison(const Evaluation& before, const Evaluation& after) {
  const auto print = [](const char* name, size_t gold, double f1_before, double f1_after) {
    std::printf("%-28s %7zu %6.3f %6.3f %+6.3f\n", name, gold, f1_before, f1_after,
                f1_after - f1_before);
  };
  std::printf("%-28s %7s %6s %6s %6s\n", "topic, F1", "gold", "before", "after", "change");
  for (const auto& [label, counts] : after.labels()) {
    const auto old = before.labels().find(label);
    print(label.c_str(), counts.true_positives + counts.false_negatives,
          old == before.labels().end() ? 0.0 : old->second.F1(), counts.F1());
  }
  print("macro-F1", after.articles(), before.MacroF1(), after.MacroF1());
  print("micro-F1", after.articles(), before.MicroF1(), after.MicroF1());
}

void PrintEvaluation(const Evaluation& evaluation) {
  std::printf("%-28s %7s %6s %6s %6s %6s\n", "topic", "gold", "P", "R", "F1", "ECE");
  for (const auto& [label, counts] : evaluation.labels()) {
    std::printf("%-28s %7zu %6.3f %6.3f %6.3f %6.3f\n", label.c_str(),
                counts.true_positives + counts.false_negatives, counts.Precision(), counts.Recall(),
                counts.F1(), evaluation.CalibrationError(label));
  }
  std::printf("%-28s %7zu %6s %6s %6.3f\n", "macro-F1", evaluation.articles(), "", "",
              evaluation.MacroF1());
  std::printf("%-28s %7s %6s %6s %6.3f\n", "micro-F1", "", "", "", evaluation.MicroF1());
  std::printf("%-28s %7s %6s %6s %6s %6.3f\n", "calibration error", "", "", "", "",
              evaluation.CalibrationError());
}

}  // namespace rubricator
