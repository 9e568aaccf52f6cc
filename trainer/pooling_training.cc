#include "trainer/pooling_training.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "trainer/logistic_regression.h"
#include "trainer/threshold.h"

namespace rubricator {
namespace {

constexpr double kLowestThreshold = 0.15;  // below, a confidence would read as a guess
constexpr double kHighestThreshold = 0.6;

double WeightOf(const TopicCorpus::Text& text, const TopicTrainingOptions& options) {
  return text.words.size() > kLongTextWords ? options.long_text_weight : 1.0;
}

// One label's pooled features, ready to be fitted: each feature with mean 0 and deviation 1.
struct PoolingData {
  std::vector<double> features;  // [texts][width]
  std::vector<double> means, deviations;
  std::vector<double> weights;
  std::vector<int> gold;
};

PoolingData Standardise(const std::vector<PooledText>& texts, size_t label,
                        const std::string& topic, const TopicTrainingOptions& options) {
  const size_t width = texts[0].features[label].size();
  PoolingData data;
  data.means.assign(width, 0.0);
  data.deviations.assign(width, 0.0);
  const auto count = static_cast<double>(texts.size());
  for (const PooledText& text : texts) {
    for (size_t i = 0; i < width; ++i) data.means[i] += text.features[label][i] / count;
    data.weights.push_back(WeightOf(*text.text, options));
    data.gold.push_back(Carries(text.text->article, topic) ? 1 : 0);
  }
  for (const PooledText& text : texts) {
    for (size_t i = 0; i < width; ++i)
      data.deviations[i] += std::pow(text.features[label][i] - data.means[i], 2) / count;
  }
  for (double& deviation : data.deviations)
    deviation = deviation > 1e-12 ? std::sqrt(deviation) : 1.0;
  data.features.reserve(texts.size() * width);
  for (const PooledText& text : texts) {
    for (size_t i = 0; i < width; ++i) {
      data.features.push_back((text.features[label][i] - data.means[i]) / data.deviations[i]);
    }
  }
  return data;
}

// Fits on all texts but those of one fold (none: -1).
LogisticModel FitPooling(const PoolingData& data, const std::vector<PooledText>& texts,
                         int left_out, double penalty) {
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

// Learns a label's weights over all texts, and its threshold on confidences by weights that had not
// seen the text.
void LearnRule(const std::vector<PooledText>& texts, size_t label,
               const TopicTrainingOptions& options, std::vector<double>& confidences,
               TopicLabel& rule) {
  const PoolingData data = Standardise(texts, label, rule.id, options);
  const size_t width = data.means.size();
  std::vector<LogisticModel> models;
  for (int fold = 0; fold < options.folds; ++fold) {
    models.push_back(FitPooling(data, texts, fold, options.pooling_penalty));
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    const LogisticModel& model = models[texts[i].text->fold];
    const double logit =
        std::inner_product(model.weights.begin(), model.weights.end(),
                           data.features.begin() + static_cast<ptrdiff_t>(i * width), model.bias);
    confidences.push_back(1.0 / (1.0 + std::exp(-logit)));
  }
  rule.threshold =
      BestThreshold(confidences, data.gold, data.weights, kLowestThreshold, kHighestThreshold);
  const LogisticModel model = FitPooling(data, texts, -1, options.pooling_penalty);
  rule.bias = model.bias;
  for (size_t i = 0; i < width; ++i) {
    rule.weights.push_back(model.weights[i] / data.deviations[i]);
    rule.bias -= rule.weights[i] * data.means[i];
  }
}

// What is decided of one text, given the confidence from which a lone topic is given; as Classifier
// does it.
std::vector<std::string> Decide(const std::vector<std::vector<double>>& confidences, size_t text,
                                const std::vector<TopicLabel>& rules,
                                double lone_topic_confidence) {
  std::vector<std::string> given;
  size_t nearest = 0;
  const auto share = [&](size_t label) {
    return confidences[label][text] / rules[label].threshold;
  };
  for (size_t label = 0; label < rules.size(); ++label) {
    if (share(label) >= 1.0) given.push_back(rules[label].id);
    if (share(label) > share(nearest)) nearest = label;
  }
  if (given.empty() && confidences[nearest][text] >= lone_topic_confidence)
    given.push_back(rules[nearest].id);
  return given;
}

Evaluation Evaluate(const std::vector<PooledText>& texts, const std::vector<TopicLabel>& rules,
                    const std::vector<std::vector<double>>& confidences,
                    double lone_topic_confidence) {
  Evaluation evaluation;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].text->article.is_part) continue;
    std::map<std::string, double> by_label;
    for (size_t label = 0; label < rules.size(); ++label)
      by_label[rules[label].id] = confidences[label][i];
    evaluation.Add(texts[i].text->article.topics,
                   Decide(confidences, i, rules, lone_topic_confidence), by_label);
  }
  return evaluation;
}

// The confidence of greatest micro-F1; 1, which gives none, where nothing is won.
double LearnLoneTopicConfidence(const std::vector<PooledText>& texts,
                                const std::vector<TopicLabel>& rules,
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

// As `Evaluate`, one by one.
std::vector<JudgedArticle> Judge(const std::vector<PooledText>& texts,
                                 const std::vector<TopicLabel>& rules,
                                 const std::vector<std::vector<double>>& confidences,
                                 double lone_topic_confidence) {
  std::vector<JudgedArticle> judged;
  for (size_t i = 0; i < texts.size(); ++i) {
    const LabelledArticle& article = texts[i].text->article;
    if (article.is_part) continue;
    JudgedArticle& item = judged.emplace_back();
    item.id = article.id;
    item.title = article.title;
    item.language = article.language;
    item.source = article.source;
    item.words = texts[i].text->words.size();
    item.gold = article.topics;
    item.given = Decide(confidences, i, rules, lone_topic_confidence);
    for (const auto& of_label : confidences)
      item.confidences.push_back(static_cast<float>(of_label[i]));
  }
  return judged;
}

}  // namespace

bool Carries(const LabelledArticle& article, const std::string& topic) {
  return std::find(article.topics.begin(), article.topics.end(), topic) != article.topics.end();
}

TrainedTopics LearnPooling(const std::vector<PooledText>& texts,
                           const std::vector<TopicLabel>& labels,
                           const TopicTrainingOptions& options) {
  TrainedTopics trained;
  trained.rules = labels;
  std::vector<std::vector<double>> confidences(labels.size());
  for (size_t label = 0; label < labels.size(); ++label) {
    LearnRule(texts, label, options, confidences[label], trained.rules[label]);
  }
  trained.lone_topic_confidence = LearnLoneTopicConfidence(texts, trained.rules, confidences);
  trained.cross_validated =
      Evaluate(texts, trained.rules, confidences, trained.lone_topic_confidence);
  trained.judged = Judge(texts, trained.rules, confidences, trained.lone_topic_confidence);
  return trained;
}

}  // namespace rubricator
