#include "trainer/topic_training.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <thread>

#include "absl/strings/str_cat.h"
#include "classifier/compiled_topic_model.h"
#include "classifier/status_macros.h"
#include "classifier/tokenizer.h"
#include "classifier/topic_pooling.h"
#include "trainer/logistic_regression.h"
#include "trainer/near_duplicates.h"
#include "trainer/progress_bar.h"
#include "trainer/threshold.h"
#include "trainer/topic_model_files.h"

namespace rubricator {
namespace {

namespace fs = std::filesystem;

constexpr double kLowestThreshold = 0.15;  // below, a confidence would read as a guess
constexpr double kHighestThreshold = 0.6;

// A text of the corpus; the words are numbered by the feature space.
struct Text {
  const LabelledArticle* article;
  WordIds words;
  size_t fold = 0;
};

struct Corpus {
  std::unique_ptr<FeatureSpace> space;
  std::vector<Text> texts;
};

uint64_t KeyOf(const std::string& id) {
  const std::string whole = id.substr(0, id.find('#'));  // a paragraph belongs to its article
  return whole.empty() ? 0 : std::hash<std::string>()(whole) | 1;
}

Corpus ReadCorpus(const std::vector<LabelledArticle>& articles, const TopicTrainingOptions& options) {
  Corpus corpus{std::make_unique<FeatureSpace>(options.features), {}};
  ProgressBar progress("reading words");
  NearDuplicates duplicates;
  TokenizedText title, body;
  std::vector<std::string_view> words;
  for (const LabelledArticle& article : articles) {
    Tokenize(article.title, title);
    Tokenize(article.body, body);
    words.clear();
    for (const TokenizedText* tokens : {&title, &body}) {
      for (size_t i = 0; i < tokens->size(); ++i) words.push_back(tokens->Form(i));
    }
    corpus.texts.push_back({&article, corpus.space->Count(words), 0});
    duplicates.Add(words, KeyOf(article.id));
    progress.Update(static_cast<double>(corpus.texts.size()) / static_cast<double>(articles.size()));
  }
  corpus.space->Freeze();
  const std::vector<uint64_t> groups = duplicates.Groups();
  for (size_t i = 0; i < groups.size(); ++i) {
    // A multiplicative hash: group numbers follow the order of the files.
    corpus.texts[i].fold = (groups[i] * 0x9E3779B97F4A7C15u >> 32) % static_cast<size_t>(options.folds);
  }
  return corpus;
}

bool HasTopic(const LabelledArticle& article, const std::string& topic) {
  return std::find(article.topics.begin(), article.topics.end(), topic) != article.topics.end();
}

// What to learn from a text: the annotator's labels, a teacher's scores, or their mean; negative where neither knows.
std::vector<float> TargetsOf(const LabelledArticle& article, const std::vector<TopicLabel>& labels) {
  std::vector<float> targets;
  for (const TopicLabel& label : labels) {
    const auto score = article.topic_scores.find(label.id);
    const bool has_score = score != article.topic_scores.end();
    const double gold = HasTopic(article, label.id) ? 1.0 : 0.0;
    double target = -1.0;
    if (article.is_labelled) target = has_score ? (gold + score->second) / 2 : gold;
    if (!article.is_labelled && has_score) target = score->second;
    targets.push_back(static_cast<float>(target));
  }
  return targets;
}

// The texts that teach, without those of one fold (none: -1).
std::vector<TrainingText> TrainingTexts(const Corpus& corpus, const std::vector<TopicLabel>& labels, int left_out) {
  std::vector<TrainingText> texts;
  for (const Text& text : corpus.texts) {
    if (!text.article->is_labelled && text.article->topic_scores.empty()) continue;
    if (static_cast<int>(text.fold) == left_out) continue;
    texts.push_back({text.words, TargetsOf(*text.article, labels), 1.0f});
  }
  return texts;
}

// Keeps the rows that carry most weight, counted by how often they are used.
void PruneRows(FeatureSpace& space, const LinearModel& model, size_t max_rows) {
  if (space.row_count() <= max_rows) return;
  std::vector<float> importance(space.row_count());
  for (size_t row = 0; row < importance.size(); ++row) {
    double squares = 0.0;
    for (size_t label = 0; label < model.labels; ++label) {
      squares += std::pow(model.rows[row * model.labels + label], 2);
    }
    importance[row] = static_cast<float>(std::sqrt(squares * space.documents(row)));
  }
  std::vector<float> sorted = importance;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<ptrdiff_t>(max_rows), sorted.end(), std::greater<>());
  const float least = sorted[max_rows];
  std::vector<bool> keep(importance.size());
  for (size_t row = 0; row < keep.size(); ++row) keep[row] = importance[row] > least;
  space.Prune(keep);
}

// Pooled features of one text, for all labels.
struct PooledText {
  const Text* text;
  std::vector<std::vector<double>> features;  // [labels][features]
};

absl::StatusOr<std::vector<PooledText>> PoolTexts(const Corpus& corpus, const CompiledTopicModel& model,
                                                  const PoolingRule& rule, size_t fold) {
  std::vector<PooledText> pooled;
  WordScores scores;
  std::vector<std::string_view> words;
  for (const Text& text : corpus.texts) {
    if (!text.article->is_labelled || text.fold != fold) continue;
    words.clear();
    for (const uint32_t id : text.words) words.push_back(corpus.space->WordText(id));
    model.Score(words, scores);
    const PooledScores pooling(model, scores, rule);
    PooledText& result = pooled.emplace_back();
    result.text = &text;
    for (size_t label = 0; label < model.labels().size(); ++label) result.features.push_back(pooling.Features(label));
  }
  return pooled;
}

// Trains without a fold and pools that fold, by the same files and engine that serve.
absl::StatusOr<std::vector<PooledText>> CrossValidateFold(const Corpus& corpus, const std::vector<TopicLabel>& labels,
                                                          const TopicTrainingOptions& options, size_t fold,
                                                          const fs::path& folder,
                                                          const std::function<bool(double)>& progress) {
  const auto texts = TrainingTexts(corpus, labels, static_cast<int>(fold));
  const LinearModel model = TrainLinearModel(*corpus.space, texts, labels.size(), options.linear, progress);
  const std::string stem = absl::StrCat("fold-", fold);
  RETURN_IF_ERROR(WriteTopicModelFiles(*corpus.space, model, labels, folder, stem));
  ASSIGN_OR_RETURN(const auto compiled, CompiledTopicModel::Open(folder / (stem + ".rows")));
  auto pooled = PoolTexts(corpus, *compiled, options.pooling, fold);
  fs::remove(folder / (stem + ".rows"));
  fs::remove(folder / (stem + ".ftz"));
  return pooled;
}

absl::StatusOr<std::vector<PooledText>> CrossValidate(const Corpus& corpus, const std::vector<TopicLabel>& labels,
                                                      const TopicTrainingOptions& options, const fs::path& folder) {
  ProgressBar progress("cross-validating");
  std::vector<absl::StatusOr<std::vector<PooledText>>> results(static_cast<size_t>(options.folds));
  std::vector<double> done(results.size(), 0.0);
  std::mutex mutex;
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t fold = next++; fold < results.size(); fold = next++) {
      results[fold] = CrossValidateFold(corpus, labels, options, fold, folder, [&, fold](double share) {
        const std::lock_guard lock(mutex);
        done[fold] = share;
        progress.Update(std::accumulate(done.begin(), done.end(), 0.0) / static_cast<double>(done.size()));
        return true;
      });
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < options.threads; ++i) threads.emplace_back(work);
  }
  std::vector<PooledText> all;
  for (auto& result : results) {
    if (!result.ok()) return result.status();
    std::move(result->begin(), result->end(), std::back_inserter(all));
  }
  return all;
}

double WeightOf(const Text& text, const TopicTrainingOptions& options) {
  return text.words.size() > kLongTextWords ? options.long_text_weight : 1.0;
}

// One label's pooled features, ready to be fitted: each feature with mean 0 and deviation 1.
struct PoolingData {
  std::vector<double> features;  // [texts][width]
  std::vector<double> means, deviations;
  std::vector<double> weights;
  std::vector<int> gold;
};

PoolingData Standardise(const std::vector<PooledText>& texts, size_t label, const std::string& topic,
                        const TopicTrainingOptions& options) {
  const size_t width = texts[0].features[label].size();
  PoolingData data;
  data.means.assign(width, 0.0);
  data.deviations.assign(width, 0.0);
  const auto count = static_cast<double>(texts.size());
  for (const PooledText& text : texts) {
    for (size_t i = 0; i < width; ++i) data.means[i] += text.features[label][i] / count;
    data.weights.push_back(WeightOf(*text.text, options));
    data.gold.push_back(HasTopic(*text.text->article, topic) ? 1 : 0);
  }
  for (const PooledText& text : texts) {
    for (size_t i = 0; i < width; ++i) data.deviations[i] += std::pow(text.features[label][i] - data.means[i], 2) / count;
  }
  for (double& deviation : data.deviations) deviation = deviation > 1e-12 ? std::sqrt(deviation) : 1.0;
  data.features.reserve(texts.size() * width);
  for (const PooledText& text : texts) {
    for (size_t i = 0; i < width; ++i) {
      data.features.push_back((text.features[label][i] - data.means[i]) / data.deviations[i]);
    }
  }
  return data;
}

// Fits on all texts but those of one fold (none: -1).
LogisticModel FitPooling(const PoolingData& data, const std::vector<PooledText>& texts, int left_out, double penalty) {
  const size_t width = data.means.size();
  std::vector<double> features, weights;
  std::vector<int> gold;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (static_cast<int>(texts[i].text->fold) == left_out) continue;
    const auto row = data.features.begin() + static_cast<ptrdiff_t>(i * width);
    features.insert(features.end(), row, row + static_cast<ptrdiff_t>(width));
    weights.push_back(data.weights[i]);
    gold.push_back(data.gold[i]);
  }
  return FitLogisticRegression(features, gold, weights, {0.0, std::vector<double>(width, 0.0)},
                               penalty * static_cast<double>(gold.size()));
}

// Learns a label's weights over all texts, and its threshold on confidences by weights that had not seen the text.
void LearnRule(const std::vector<PooledText>& texts, size_t label, const TopicTrainingOptions& options,
               std::vector<double>& confidences, TopicLabel& rule) {
  const PoolingData data = Standardise(texts, label, rule.id, options);
  const size_t width = data.means.size();
  std::vector<LogisticModel> models;
  for (int fold = 0; fold < options.folds; ++fold) {
    models.push_back(FitPooling(data, texts, fold, options.pooling_penalty));
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    const LogisticModel& model = models[texts[i].text->fold];
    const double logit = std::inner_product(model.weights.begin(), model.weights.end(),
                                            data.features.begin() + static_cast<ptrdiff_t>(i * width), model.bias);
    confidences.push_back(1.0 / (1.0 + std::exp(-logit)));
  }
  rule.threshold = BestThreshold(confidences, data.gold, data.weights, kLowestThreshold, kHighestThreshold);
  const LogisticModel model = FitPooling(data, texts, -1, options.pooling_penalty);
  rule.bias = model.bias;
  for (size_t i = 0; i < width; ++i) {
    rule.weights.push_back(model.weights[i] / data.deviations[i]);
    rule.bias -= rule.weights[i] * data.means[i];
  }
}

// What is decided of one text, given the confidence from which a lone topic is given; as Classifier does it.
std::vector<std::string> Decide(const std::vector<std::vector<double>>& confidences, size_t text,
                                const std::vector<TopicLabel>& rules, double lone_topic_confidence) {
  std::vector<std::string> given;
  size_t nearest = 0;
  const auto share = [&](size_t label) { return confidences[label][text] / rules[label].threshold; };
  for (size_t label = 0; label < rules.size(); ++label) {
    if (share(label) >= 1.0) given.push_back(rules[label].id);
    if (share(label) > share(nearest)) nearest = label;
  }
  if (given.empty() && confidences[nearest][text] >= lone_topic_confidence) given.push_back(rules[nearest].id);
  return given;
}

Evaluation Evaluate(const std::vector<PooledText>& texts, const std::vector<TopicLabel>& rules,
                    const std::vector<std::vector<double>>& confidences, double lone_topic_confidence) {
  Evaluation evaluation;
  for (size_t i = 0; i < texts.size(); ++i) {
    std::map<std::string, double> by_label;
    for (size_t label = 0; label < rules.size(); ++label) by_label[rules[label].id] = confidences[label][i];
    evaluation.Add(texts[i].text->article->topics, Decide(confidences, i, rules, lone_topic_confidence), by_label);
  }
  return evaluation;
}

// The confidence of greatest micro-F1; 1, which gives none, where nothing is won.
double LearnLoneTopicConfidence(const std::vector<PooledText>& texts, const std::vector<TopicLabel>& rules,
                                const std::vector<std::vector<double>>& confidences) {
  double best = 1.0;
  double best_f1 = Evaluate(texts, rules, confidences, best).MicroF1();
  for (double candidate = 0.1; candidate < 0.5; candidate += 0.05) {
    const double f1 = Evaluate(texts, rules, confidences, candidate).MicroF1();
    if (f1 <= best_f1) continue;
    best_f1 = f1;
    best = candidate;
  }
  return best;
}

absl::Status CheckInput(const std::vector<LabelledArticle>& articles, const std::vector<TopicLabel>& labels,
                        int folds) {
  if (labels.size() < 2) return absl::InvalidArgumentError(absl::StrCat(labels.size(), " labels; at least 2 are needed"));
  size_t labelled = 0;
  for (const LabelledArticle& article : articles) labelled += article.is_labelled ? 1 : 0;
  if (labelled < static_cast<size_t>(folds)) {
    return absl::InvalidArgumentError(absl::StrCat(labelled, " labelled articles; at least ", folds, " are needed"));
  }
  for (const TopicLabel& label : labels) {
    const bool is_used = std::any_of(articles.begin(), articles.end(),
                                     [&](const LabelledArticle& article) { return HasTopic(article, label.id); });
    if (!is_used) return absl::InvalidArgumentError(absl::StrCat("no article has the label ", label.id));
  }
  return absl::OkStatus();
}

LinearModel TrainOnAll(const Corpus& corpus, const std::vector<TopicLabel>& labels,
                       const TopicTrainingOptions& options, const std::string& step) {
  ProgressBar progress(step);
  return TrainLinearModel(*corpus.space, TrainingTexts(corpus, labels, -1), labels.size(), options.linear,
                          [&](double done) {
                            progress.Update(done);
                            return true;
                          });
}

}  // namespace

absl::StatusOr<TrainedTopics> TrainTopics(const std::vector<LabelledArticle>& articles,
                                          const std::vector<TopicLabel>& labels, const TopicTrainingOptions& options,
                                          const fs::path& folder) {
  RETURN_IF_ERROR(CheckInput(articles, labels, options.folds));
  const Corpus corpus = ReadCorpus(articles, options);
  if (corpus.space->row_count() > options.max_rows) {
    PruneRows(*corpus.space, TrainOnAll(corpus, labels, options, "choosing features"), options.max_rows);
  }
  ASSIGN_OR_RETURN(const auto pooled, CrossValidate(corpus, labels, options, folder));
  TrainedTopics trained;
  trained.rules = labels;
  std::vector<std::vector<double>> confidences(labels.size());
  for (size_t label = 0; label < labels.size(); ++label) {
    LearnRule(pooled, label, options, confidences[label], trained.rules[label]);
  }
  trained.lone_topic_confidence = LearnLoneTopicConfidence(pooled, trained.rules, confidences);
  trained.cross_validated = Evaluate(pooled, trained.rules, confidences, trained.lone_topic_confidence);
  const LinearModel model = TrainOnAll(corpus, labels, options, "training");
  RETURN_IF_ERROR(WriteTopicModelFiles(*corpus.space, model, labels, folder, "topics"));
  trained.rows = corpus.space->row_count();
  trained.words = corpus.space->words().size();
  return trained;
}

}  // namespace rubricator
