#include "trainer/topic_training.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <functional>
#include <mutex>
#include <numeric>
#include <thread>

#include "absl/strings/str_cat.h"
#include "classifier/compiled_topic_model.h"
#include "classifier/status_macros.h"
#include "classifier/topic_pooling.h"
#include "trainer/fingerprint.h"
#include "trainer/pooling_training.h"
#include "trainer/progress_bar.h"
#include "trainer/topic_model_files.h"
#include "trainer/training_work.h"

namespace rubricator {
namespace {

namespace fs = std::filesystem;

using Text = TopicCorpus::Text;

// What to learn from a text: the annotator's labels, a teacher's scores, or their mean; negative
// where neither knows.
std::vector<float> TargetsOf(const LabelledArticle& article,
                             const std::vector<TopicLabel>& labels) {
  std::vector<float> targets;
  for (const TopicLabel& label : labels) {
    const auto score = article.topic_scores.find(label.id);
    const bool has_score = score != article.topic_scores.end();
    const double gold = Carries(article, label.id) ? 1.0 : 0.0;
    double target = -1.0;
    if (article.is_labelled) target = has_score ? (gold + score->second) / 2 : gold;
    if (!article.is_labelled && has_score) target = score->second;
    targets.push_back(static_cast<float>(target));
  }
  return targets;
}

absl::Status CheckNotStopped(const TopicTrainingOptions& options) {
  if (!options.is_stopped || !options.is_stopped()) return absl::OkStatus();
  return absl::CancelledError(
      "stopped; what is finished is kept: the same command with --resume goes on");
}

// The texts that teach, without those of one fold (none: -1).
std::vector<TrainingText> TrainingTexts(const TopicCorpus& corpus,
                                        const std::vector<TopicLabel>& labels, int left_out) {
  std::vector<TrainingText> texts;
  for (const Text& text : corpus.texts()) {
    if (!text.article.is_labelled && text.article.topic_scores.empty()) continue;
    if (static_cast<int>(text.fold) == left_out) continue;
    texts.push_back({text.words, TargetsOf(text.article, labels), 1.0f});
  }
  return texts;
}

// The rows that carry most weight, counted by how often they are used.
std::vector<bool> ChooseRows(const FeatureSpace& space, const LinearModel& model, size_t max_rows) {
  std::vector<float> importance(space.row_count());
  for (size_t row = 0; row < importance.size(); ++row) {
    double squares = 0.0;
    for (size_t label = 0; label < model.labels; ++label) {
      squares += std::pow(model.rows[row * model.labels + label], 2);
    }
    importance[row] = static_cast<float>(std::sqrt(squares * space.documents(row)));
  }
  std::vector<float> sorted = importance;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<ptrdiff_t>(max_rows), sorted.end(),
                   std::greater<>());
  const float least = sorted[max_rows];
  std::vector<bool> keep(importance.size());
  for (size_t row = 0; row < keep.size(); ++row) keep[row] = importance[row] > least;
  return keep;
}

// Pools every `stride`-th labelled text of a fold.
std::vector<PooledText> PoolTexts(const TopicCorpus& corpus, const CompiledTopicModel& model,
                                  const PoolingRule& rule, size_t fold, size_t stride) {
  std::vector<PooledText> pooled;
  WordScores scores;
  std::vector<std::string_view> words;
  size_t number = 0;
  for (const Text& text : corpus.texts()) {
    if (!text.article.is_labelled || text.fold != fold || number++ % stride != 0) continue;
    words.clear();
    for (const uint32_t id : text.words) words.push_back(corpus.space().WordText(id));
    model.Score(words, scores);
    const PooledScores pooling(model, scores, rule);
    PooledText& result = pooled.emplace_back();
    result.text = &text;
    for (size_t label = 0; label < model.labels().size(); ++label)
      result.features.push_back(pooling.Features(label));
  }
  return pooled;
}

// Trains without a fold, unless that was done before, and pools that fold, by the same files and
// engine that serve.
absl::StatusOr<std::vector<PooledText>> CrossValidateFold(
    const TopicCorpus& corpus, const std::vector<TopicLabel>& labels,
    const TopicTrainingOptions& options, size_t fold, const TrainingWork& work,
    const std::function<bool(double)>& progress) {
  const std::string stem = absl::StrCat("fold-", fold);
  if (!work.Has(stem + ".rows")) {
    const auto texts = TrainingTexts(corpus, labels, static_cast<int>(fold));
    const LinearModel model =
        TrainLinearModel(corpus.space(), texts, labels.size(), options.linear, progress);
    RETURN_IF_ERROR(CheckNotStopped(options));
    RETURN_IF_ERROR(WriteTopicModelFiles(corpus.space(), model, labels, work.folder(), stem));
    fs::remove(work.folder() / (stem + ".ftz"));
  }
  ASSIGN_OR_RETURN(const auto compiled, CompiledTopicModel::Open(work.folder() / (stem + ".rows")));
  const size_t stride = 1 + corpus.labelled_count() / options.max_pooled_texts;
  auto pooled = PoolTexts(corpus, *compiled, options.pooling, fold, stride);
  progress(1.0);
  return pooled;
}

absl::StatusOr<std::vector<PooledText>> CrossValidate(const TopicCorpus& corpus,
                                                      const std::vector<TopicLabel>& labels,
                                                      const TopicTrainingOptions& options,
                                                      const TrainingWork& work) {
  ProgressBar progress("cross-validating");
  std::vector<absl::StatusOr<std::vector<PooledText>>> results(static_cast<size_t>(options.folds));
  std::vector<double> done(results.size(), 0.0);
  std::mutex mutex;
  std::atomic<size_t> next = 0;
  const auto run = [&] {
    for (size_t fold = next++; fold < results.size(); fold = next++) {
      results[fold] =
          CrossValidateFold(corpus, labels, options, fold, work, [&, fold](double share) {
            const std::lock_guard lock(mutex);
            done[fold] = share;
            progress.Update(std::accumulate(done.begin(), done.end(), 0.0) /
                            static_cast<double>(done.size()));
            return CheckNotStopped(options).ok();
          });
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < options.threads; ++i) threads.emplace_back(run);
  }
  std::vector<PooledText> all;
  for (auto& result : results) {
    if (!result.ok()) return result.status();
    std::move(result->begin(), result->end(), std::back_inserter(all));
  }
  if (all.empty())
    return absl::InvalidArgumentError("no labelled article is left to cross-validate on");
  return all;
}

absl::Status CheckInput(const TopicCorpus& corpus, const std::vector<TopicLabel>& labels,
                        int folds) {
  if (labels.size() < 2)
    return absl::InvalidArgumentError(
        absl::StrCat(labels.size(), " labels; at least 2 are needed"));
  if (corpus.labelled_count() < static_cast<size_t>(folds)) {
    return absl::InvalidArgumentError(absl::StrCat(
        corpus.labelled_count(), " labelled articles; at least ", folds, " are needed"));
  }
  for (const TopicLabel& label : labels) {
    if (corpus.label_counts().count(label.id) > 0) continue;
    return absl::InvalidArgumentError(absl::StrCat("no article has the label ", label.id));
  }
  return absl::OkStatus();
}

absl::StatusOr<LinearModel> TrainOnAll(const TopicCorpus& corpus,
                                       const std::vector<TopicLabel>& labels,
                                       const TopicTrainingOptions& options,
                                       const std::string& step) {
  ProgressBar progress(step);
  LinearModel model = TrainLinearModel(corpus.space(), TrainingTexts(corpus, labels, -1),
                                       labels.size(), options.linear, [&](double done) {
                                         progress.Update(done);
                                         return CheckNotStopped(options).ok();
                                       });
  RETURN_IF_ERROR(CheckNotStopped(options));
  return model;
}

absl::Status PruneRows(TopicCorpus& corpus, const std::vector<TopicLabel>& labels,
                       const TopicTrainingOptions& options, const TrainingWork& work) {
  constexpr const char* kKeptRows = "kept-rows";
  FeatureSpace& space = corpus.space();
  if (space.row_count() <= options.max_rows) return absl::OkStatus();
  if (!work.Has(kKeptRows)) {
    ASSIGN_OR_RETURN(const LinearModel model,
                     TrainOnAll(corpus, labels, options, "choosing features"));
    RETURN_IF_ERROR(work.WriteFlags(kKeptRows, ChooseRows(space, model, options.max_rows)));
  }
  ASSIGN_OR_RETURN(const std::vector<bool> keep, work.ReadFlags(kKeptRows, space.row_count()));
  space.Prune(keep);
  return absl::OkStatus();
}

absl::Status TrainFinalModel(const TopicCorpus& corpus, const std::vector<TopicLabel>& labels,
                             const TopicTrainingOptions& options, const TrainingWork& work,
                             const fs::path& folder) {
  if (!work.Has("topics.rows")) {
    ASSIGN_OR_RETURN(const LinearModel model, TrainOnAll(corpus, labels, options, "training"));
    RETURN_IF_ERROR(WriteTopicModelFiles(corpus.space(), model, labels, work.folder(), "topics"));
  }
  for (const char* name : {"topics.ftz", "topics.rows"}) {
    std::error_code error;
    fs::copy_file(work.folder() / name, folder / name, fs::copy_options::overwrite_existing, error);
    if (error)
      return absl::UnknownError(absl::StrCat((folder / name).string(), ": ", error.message()));
  }
  return absl::OkStatus();
}

// All of TrainedTopics but the model.
absl::StatusOr<TrainedTopics> LearnRules(TopicCorpus& corpus, const std::vector<TopicLabel>& labels,
                                         const TopicTrainingOptions& options,
                                         const TrainingWork& work) {
  RETURN_IF_ERROR(PruneRows(corpus, labels, options, work));
  ASSIGN_OR_RETURN(const auto pooled, CrossValidate(corpus, labels, options, work));
  TrainedTopics trained = LearnPooling(pooled, labels, options);
  trained.rows = corpus.space().row_count();
  trained.words = corpus.space().words().size();
  return trained;
}

uint64_t FingerprintOf(const TopicCorpus& corpus, const std::vector<TopicLabel>& labels,
                       const TopicTrainingOptions& options) {
  Fingerprint fingerprint;
  fingerprint.Add(corpus.Fingerprint());
  for (const TopicLabel& label : labels) fingerprint.Add(label.id);
  const LinearOptions& linear = options.linear;
  for (const double number :
       {static_cast<double>(linear.epochs), linear.learning_rate, linear.l2, linear.length_exponent,
        linear.subword_scale, static_cast<double>(linear.averaged_epochs),
        static_cast<double>(options.max_rows), static_cast<double>(options.folds)}) {
    fingerprint.Add(std::bit_cast<uint64_t>(number));
  }
  fingerprint.Add(linear.seed);
  return fingerprint.value();
}

}  // namespace

absl::StatusOr<TrainedTopics> TrainTopics(TopicCorpus& corpus,
                                          const std::vector<TopicLabel>& labels,
                                          const TopicTrainingOptions& options,
                                          const fs::path& folder) {
  RETURN_IF_ERROR(CheckInput(corpus, labels, options.folds));
  const fs::path work_folder = options.work_folder.empty() ? folder / "work" : options.work_folder;
  ASSIGN_OR_RETURN(
      const TrainingWork work,
      TrainingWork::Open(work_folder, FingerprintOf(corpus, labels, options), options.resumes));
  auto trained = LearnRules(corpus, labels, options, work);
  const absl::Status status =
      trained.ok() ? TrainFinalModel(corpus, labels, options, work, folder) : trained.status();
  // A stopped run goes on from here, and one that the disk was too small for; others would fail
  // again.
  const bool can_resume = status.ok() || absl::IsCancelled(status) || absl::IsUnknown(status);
  if (options.work_folder.empty() || !can_resume) work.Remove();
  if (!status.ok()) return status;
  return trained;
}

absl::StatusOr<TrainedTopics> CrossValidateTopics(const TopicCorpus& corpus,
                                                  const std::vector<TopicLabel>& labels,
                                                  const TopicTrainingOptions& options) {
  RETURN_IF_ERROR(CheckInput(corpus, labels, options.folds));
  ASSIGN_OR_RETURN(
      const TrainingWork work,
      TrainingWork::Open(options.work_folder, FingerprintOf(corpus, labels, options), false));
  TopicCorpus copy = corpus;
  auto trained = LearnRules(copy, labels, options, work);
  work.Remove();
  return trained;
}

absl::StatusOr<TrainedTopics> TrainTopics(const std::vector<LabelledArticle>& articles,
                                          const std::vector<TopicLabel>& labels,
                                          const TopicTrainingOptions& options,
                                          const fs::path& folder) {
  TopicCorpus corpus(options.features);
  for (const LabelledArticle& article : articles) corpus.Add(article);
  corpus.Finish(options.folds, labels);
  return TrainTopics(corpus, labels, options, folder);
}

}  // namespace rubricator
