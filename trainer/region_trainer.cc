#include "trainer/region_trainer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "classifier/region_mentions.h"
#include "classifier/status_macros.h"
#include "classifier/tokenizer.h"
#include "trainer/region_tuning.h"

namespace rubricator {
namespace {

constexpr size_t kLeastArticles = 100;

// Runs work(0) .. work(count - 1) on a few threads; the order does not matter to the result.
void RunInParallel(int count, unsigned threads, const std::function<void(int)>& work) {
  std::atomic<int> next = 0;
  std::vector<std::jthread> pool;
  for (unsigned t = 0; t < std::max(1U, threads); ++t) {
    pool.emplace_back([&] {
      for (int i = next++; i < count; i = next++) work(i);
    });
  }
}

absl::StatusOr<RegionSample> MakeSample(const Gazetteer& gazetteer,
                                        const RegionTrainingArticle& article, int folds) {
  TokenizedText title;
  TokenizedText body;
  Tokenize(article.title, title);
  Tokenize(article.body, body);
  const RegionArticle view{title, body, article.language, article.published_at};
  RegionSample sample;
  sample.features = ExtractRegionFeatures(gazetteer, view, FindMentions(gazetteer, view));
  for (const std::string& code : article.regions) {
    const auto country = gazetteer.CountryIndex(code);
    if (!country)
      return absl::InvalidArgumentError(absl::StrCat("region ", code, " is not in the gazetteer"));
    sample.focus.push_back(*country);
  }
  sample.weight = article.weight;
  sample.fold = static_cast<int>(HashForm(article.fold_key) % static_cast<uint64_t>(folds));
  return sample;
}

absl::StatusOr<std::vector<RegionSample>> MakeSamples(
    const Gazetteer& gazetteer, std::span<const RegionTrainingArticle> articles, int folds) {
  std::vector<RegionSample> samples;
  samples.reserve(articles.size());
  for (size_t i = 0; i < articles.size(); ++i) {
    ASSIGN_OR_RETURN(RegionSample sample, MakeSample(gazetteer, articles[i], folds));
    sample.article = static_cast<uint32_t>(i);
    samples.push_back(std::move(sample));
  }
  return samples;
}

// Every country of every article that could be in focus, with its numbers.
struct Candidates {
  DenseRows rows;  // target: in focus
  std::vector<uint8_t> country;
  std::vector<bool> mentioned;
  std::vector<size_t> begin;  // of each sample's rows; one more at the end
};

void AddCandidate(const RegionSample& sample, const CountryStatistics& statistics, bool mentioned,
                  Candidates& out) {
  out.rows.values.insert(out.rows.values.end(), statistics.values.begin(), statistics.values.end());
  out.rows.targets.push_back(IsInFocus(sample.focus, statistics.country) ? 1.0F : 0.0F);
  out.rows.weights.push_back(sample.weight);
  out.country.push_back(statistics.country);
  out.mentioned.push_back(mentioned);
}

// Scores each sample with the word model that did not see it.
Candidates MakeCandidates(std::vector<RegionSample>& samples, const RegionVocabulary& vocabulary,
                          const std::vector<RegionWordModel>& models) {
  Candidates out;
  out.rows.width = kRegionFeatures;
  for (RegionSample& sample : samples) {
    out.begin.push_back(out.rows.size());
    const RegionWordModel& model = models[static_cast<size_t>(sample.fold)];
    const RegionWordScores scores = ScoreRegionWords(model, vocabulary, sample.features);
    for (CountryStatistics& country : sample.features.countries) {
      ScoreRegionContext(model, vocabulary, country);
    }
    const auto others = FillWordScores(scores, vocabulary.class_of_country(),
                                       vocabulary.word_classes(), sample.features);
    for (const CountryStatistics& country : sample.features.countries) {
      AddCandidate(sample, country, true, out);
    }
    for (const uint8_t word_class : others) {
      const uint8_t country = vocabulary.word_classes()[word_class];
      AddCandidate(sample, UnmentionedStatistics(scores, word_class, country, sample.features),
                   false, out);
    }
  }
  out.begin.push_back(out.rows.size());
  return out;
}

// The rows of the samples outside one fold (-1: all).
DenseRows Select(const std::vector<RegionSample>& samples, const Candidates& all, int held_out) {
  DenseRows rows;
  rows.width = all.rows.width;
  for (size_t s = 0; s < samples.size(); ++s) {
    if (samples[s].fold == held_out) continue;
    for (size_t i = all.begin[s]; i < all.begin[s + 1]; ++i) {
      const auto row = all.rows.Row(i);
      rows.values.insert(rows.values.end(), row.begin(), row.end());
      rows.targets.push_back(all.rows.targets[i]);
      rows.weights.push_back(all.rows.weights[i]);
    }
  }
  return rows;
}

std::array<float, kRegionFeatures> ValuesOf(const Candidates& all, size_t i) {
  std::array<float, kRegionFeatures> values;
  const auto row = all.rows.Row(i);
  std::copy(row.begin(), row.end(), values.begin());
  return values;
}

// Pairs of the main focus country and another one, both ways; of the samples outside one fold.
DenseRows SelectPairs(const std::vector<RegionSample>& samples, const Candidates& all,
                      int held_out) {
  DenseRows rows;
  rows.width = 2 * kRegionFeatures;
  const auto add = [&](size_t first, size_t second, float target, float weight) {
    PairValues pair;
    FillPair(ValuesOf(all, first), ValuesOf(all, second), pair);
    rows.values.insert(rows.values.end(), pair.begin(), pair.end());
    rows.targets.push_back(target);
    rows.weights.push_back(weight);
  };
  for (size_t s = 0; s < samples.size(); ++s) {
    if (samples[s].fold == held_out || samples[s].focus.size() < 2) continue;
    for (size_t i = all.begin[s]; i < all.begin[s + 1]; ++i) {
      if (all.country[i] != samples[s].focus[0]) continue;
      for (size_t j = all.begin[s]; j < all.begin[s + 1]; ++j) {
        if (j == i || all.rows.targets[j] == 0.0F) continue;
        add(i, j, 1.0F, samples[s].weight);
        add(j, i, 0.0F, samples[s].weight);
      }
    }
  }
  return rows;
}

// `main` gets the trees of each fold and must outlive the result.
std::vector<HeldOutVerdicts> JudgeHeldOut(const std::vector<RegionSample>& samples,
                                          const Candidates& all,
                                          const RegionTrainingOptions& options,
                                          std::vector<BoostedTrees>& main) {
  std::vector<HeldOutVerdicts> out(samples.size());
  std::vector<BoostedTrees> focus(static_cast<size_t>(options.folds));
  main.resize(focus.size());
  RunInParallel(2 * options.folds, options.threads, [&](int i) {
    const auto fold = static_cast<size_t>(i / 2);
    if (i % 2 == 0) {
      focus[fold] = TrainBoostedTrees(Select(samples, all, i / 2), options.focus);
    } else {
      main[fold] = TrainBoostedTrees(SelectPairs(samples, all, i / 2), options.main);
    }
  });
  for (size_t s = 0; s < samples.size(); ++s) {
    const auto fold = static_cast<size_t>(samples[s].fold);
    out[s].focus = samples[s].focus;
    out[s].weight = samples[s].weight;
    out[s].main = &main[fold];
    for (size_t i = all.begin[s]; i < all.begin[s + 1]; ++i) {
      out[s].verdicts.push_back({.country = all.country[i],
                                 .mentioned = all.mentioned[i],
                                 .focus = focus[fold].Score(all.rows.Row(i)),
                                 .values = ValuesOf(all, i),
                                 .named = 0.0F});
    }
  }
  return out;
}

// Trees that tell a mention from a chance hit, and the threshold with the best F1 on the articles
// themselves (the trees are few and their inputs plain counts).
absl::Status TrainNamed(const Gazetteer& gazetteer, std::span<const RegionTrainingArticle> articles,
                        const RegionTrainingOptions& options, RegionModelParts& parts) {
  if (articles.empty()) {
    parts.thresholds.named = 0.0F;
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto samples, MakeSamples(gazetteer, articles, options.folds));
  std::vector<std::pair<float, bool>> held_out;
  double wanted = 0;
  const auto rows_of = [&](int fold, bool inside) {
    DenseRows rows;
    rows.width = kRegionFeatures;
    for (const RegionSample& sample : samples) {
      if ((sample.fold == fold) != inside) continue;
      for (CountryStatistics country : sample.features.countries) {
        rows.values.insert(rows.values.end(), country.values.begin(), country.values.end());
        rows.targets.push_back(IsInFocus(sample.focus, country.country) ? 1.0F : 0.0F);
        rows.weights.push_back(sample.weight);
      }
    }
    return rows;
  };
  for (int fold = 0; fold < options.folds; ++fold) {
    const BoostedTrees trees = TrainBoostedTrees(rows_of(fold, false), options.named);
    const DenseRows rows = rows_of(fold, true);
    for (size_t i = 0; i < rows.size(); ++i) {
      held_out.emplace_back(trees.Score(rows.Row(i)), rows.targets[i] > 0.5F);
    }
  }
  for (const RegionSample& sample : samples) wanted += static_cast<double>(sample.focus.size());
  std::sort(held_out.begin(), held_out.end(), std::greater<>());
  double best = 0;
  double right = 0;
  for (size_t i = 0; i < held_out.size(); ++i) {
    right += held_out[i].second;
    const double f1 = 2 * right / (static_cast<double>(i + 1) + wanted);
    if (f1 > best) {
      best = f1;
      parts.thresholds.named = 1.0F / (1.0F + std::exp(-held_out[i].first));
    }
  }
  parts.named = TrainBoostedTrees(rows_of(-1, false), options.named);
  return absl::OkStatus();
}

void Report(const Gazetteer& gazetteer, const std::vector<RegionSample>& samples,
            const std::vector<HeldOutVerdicts>& verdicts, RegionTrainingResult& result) {
  const DecisionQuality quality = MeasureFocus(verdicts, result.thresholds);
  result.set_f1 = quality.set_f1;
  result.focus_accuracy = quality.focus_accuracy;
  result.abstention = quality.abstention;
  result.calibration_error = CalibrationError(verdicts);
  for (size_t s = 0; s < samples.size(); ++s) {
    HeldOutDecision decision{.article = samples[s].article, .regions = {}, .confidences = {}};
    for (const size_t i : DecideFocus(verdicts[s].verdicts, result.thresholds, *verdicts[s].main)) {
      decision.regions.push_back(gazetteer.countries()[verdicts[s].verdicts[i].country]);
    }
    for (const CountryVerdict& verdict : verdicts[s].verdicts) {
      decision.confidences.emplace_back(verdict.focus,
                                        IsInFocus(samples[s].focus, verdict.country));
    }
    result.held_out.push_back(std::move(decision));
  }
}

}  // namespace

absl::StatusOr<RegionTrainingResult> TrainRegions(const Gazetteer& gazetteer,
                                                  std::span<const RegionTrainingArticle> articles,
                                                  std::span<const RegionTrainingArticle> mentioned,
                                                  const RegionTrainingOptions& options) {
  if (articles.size() < kLeastArticles || options.folds < 2 || options.folds > 20) {
    return absl::InvalidArgumentError(absl::StrCat(articles.size(), " articles and ", options.folds,
                                                   " folds; want at least ", kLeastArticles,
                                                   " articles and 2 to 20 folds"));
  }
  ASSIGN_OR_RETURN(auto samples, MakeSamples(gazetteer, articles, options.folds));
  const RegionVocabulary vocabulary(samples, options.words);
  std::vector<RegionWordModel> models(static_cast<size_t>(options.folds) + 1);
  RunInParallel(options.folds + 1, options.threads, [&](int i) {
    const int held_out = i < options.folds ? i : -1;
    models[static_cast<size_t>(i)] = TrainRegionWords(samples, vocabulary, options.words, held_out);
  });
  const Candidates candidates = MakeCandidates(samples, vocabulary, models);
  std::vector<BoostedTrees> main_of_fold;
  std::vector<HeldOutVerdicts> verdicts = JudgeHeldOut(samples, candidates, options, main_of_fold);

  RegionModelParts parts;
  CalibrateFocus(verdicts, parts.thresholds);
  TuneFocus(verdicts, parts.thresholds);
  RETURN_IF_ERROR(TrainNamed(gazetteer, mentioned, options, parts));
  RunInParallel(2, options.threads, [&](int i) {
    if (i == 0) {
      parts.focus = TrainBoostedTrees(Select(samples, candidates, -1), options.focus);
    } else {
      parts.main = TrainBoostedTrees(SelectPairs(samples, candidates, -1), options.main);
    }
  });
  for (const uint8_t country : vocabulary.word_classes()) {
    parts.word_classes.push_back(country == kNoCountry ? std::string(kNoCountryCode)
                                                       : gazetteer.countries()[country]);
  }
  parts.biases = models.back().biases;
  parts.rows = CompressRegionWords(models.back(), vocabulary);

  RegionTrainingResult result;
  result.thresholds = parts.thresholds;
  Report(gazetteer, samples, verdicts, result);
  result.model = SerializeRegionModel(parts);
  return result;
}

}  // namespace rubricator
