#include "trainer/bundle_training.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "classifier/classifier.h"
#include "classifier/gazetteer_compiler.h"
#include "classifier/status_macros.h"
#include "classifier/tokenizer.h"
#include "trainer/article_reader.h"
#include "trainer/bundle_writer.h"
#include "trainer/region_trainer.h"
#include "trainer/taxonomy_file.h"

namespace rubricator {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRegionFiles[] = {"gazetteer.bin", "region-groups.tsv", "region-model.bin", "region-taxonomy.tsv"};
// A whole article says more of what a newsroom sends than a lead does, and there are few: docs/regions.md.
constexpr float kWholeArticleWeight = 5.0f;

absl::StatusOr<std::vector<LabelledArticle>> ReadAll(const std::vector<fs::path>& files, std::vector<BadLine>& bad) {
  std::vector<LabelledArticle> articles;
  for (const fs::path& file : files) {
    RETURN_IF_ERROR(ReadArticles(
        file, [&](LabelledArticle article) { articles.push_back(std::move(article)); },
        [&](BadLine line) { bad.push_back(std::move(line)); }));
  }
  return articles;
}

absl::Status ListBadLines(const std::vector<BadLine>& bad, const fs::path& path) {
  if (bad.empty()) return absl::OkStatus();
  std::ofstream file(path);
  for (const BadLine& line : bad) file << line.file.string() << ':' << line.line << '\t' << line.problem << '\n';
  file.close();
  if (!file) return absl::UnknownError(absl::StrCat(path.string(), ": cannot be written"));
  std::fprintf(stderr, "%zu bad lines left out; listed in %s\n", bad.size(), path.c_str());
  return absl::OkStatus();
}

absl::Status CopyRegionFiles(const fs::path& bundle, BundleWriter& writer) {
  for (const char* name : kRegionFiles) RETURN_IF_ERROR(writer.CopyFrom(bundle / name, name));
  return absl::OkStatus();
}

std::vector<RegionTrainingArticle> RegionArticles(const std::vector<LabelledArticle>& articles, bool mentions) {
  std::vector<RegionTrainingArticle> result;
  for (const LabelledArticle& article : articles) {
    if (!article.has_regions || article.is_mentions != mentions) continue;
    RegionTrainingArticle& item = result.emplace_back();
    item.title = article.title;
    item.body = article.body;
    item.language = article.language;
    item.published_at = article.published_at;
    item.regions = article.regions;
    item.fold_key = article.id;
    item.weight = article.body.size() > 1500 ? kWholeArticleWeight : 1.0f;
  }
  return result;
}

absl::Status MakeRegionFiles(const BundleTrainingOptions& options, const std::vector<LabelledArticle>& articles,
                             const std::vector<LabelledArticle>& mentions, BundleWriter& writer) {
  RETURN_IF_ERROR(writer.CopyFrom(options.gazetteer / "taxonomy.tsv", "region-taxonomy.tsv"));
  RETURN_IF_ERROR(writer.CopyFrom(options.gazetteer / "groups.tsv", "region-groups.tsv"));
  ASSIGN_OR_RETURN(const auto taxonomy, RegionTaxonomy::Load(writer.folder()));
  ASSIGN_OR_RETURN(const std::string gazetteer,
                   CompileGazetteer({options.gazetteer / "forms.tsv", options.gazetteer / "policy.tsv"}, *taxonomy));
  RETURN_IF_ERROR(writer.WriteText("gazetteer.bin", gazetteer));
  ASSIGN_OR_RETURN(const auto loaded, Gazetteer::Load(gazetteer));
  std::fprintf(stderr, "training regions …\n");
  ASSIGN_OR_RETURN(const RegionTrainingResult result,
                   TrainRegions(*loaded, RegionArticles(articles, false), RegionArticles(mentions, true), {}));
  std::printf("regions, cross-validated: set F1 %.3f, focus accuracy %.3f, calibration error %.3f\n", result.set_f1,
              result.focus_accuracy, result.calibration_error);
  return writer.WriteText("region-model.bin", result.model);
}

bool IsRegionFile(const std::string& name) {
  return std::find(std::begin(kRegionFiles), std::end(kRegionFiles), name) != std::end(kRegionFiles);
}

std::string CardOf(const ModelManifest& manifest, const TrainedTopics& trained, size_t articles) {
  return absl::StrCat("# Model card: ", manifest.version, "\n\nTrained on ", articles, " articles; ", trained.rows,
                      " rows, ", trained.words, " words. Cross-validated on them: macro-F1 ",
                      absl::SixDigits(trained.cross_validated.MacroF1()), ", micro-F1 ",
                      absl::SixDigits(trained.cross_validated.MicroF1()), ".\n");
}

// Lets the new bundle answer the smoke texts, and keeps the answers as what it must always give.
absl::Status RecordSmokeArticles(const BundleTrainingOptions& options, BundleWriter& writer, ModelManifest& manifest) {
  manifest.smoke_articles.clear();  // what another model answered
  if (options.smoke.empty()) return absl::OkStatus();
  std::vector<BadLine> bad;
  ASSIGN_OR_RETURN(const auto texts, ReadAll({options.smoke}, bad));
  if (!bad.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(options.smoke.string(), ":", bad[0].line, ": ", bad[0].problem));
  }
  RETURN_IF_ERROR(writer.WriteManifestFile(manifest));
  ASSIGN_OR_RETURN(const auto classifier, Classifier::Load(writer.folder()));
  for (const LabelledArticle& text : texts) {
    Article article;
    article.title = text.title;
    article.body = text.body;
    ASSIGN_OR_RETURN(const Analysis analysis, classifier->Classify(article, {}));
    SmokeArticle& smoke = manifest.smoke_articles.emplace_back();
    smoke.title = text.title;
    smoke.body = text.body;
    for (const Topic& topic : analysis.topics) smoke.topics.push_back(topic.id);
    for (const Region& region : analysis.regions) {
      if (region.role == RegionRole::kFocus) smoke.regions.push_back(region.code);
    }
    std::sort(smoke.topics.begin(), smoke.topics.end());
    std::sort(smoke.regions.begin(), smoke.regions.end());
  }
  return absl::OkStatus();
}

std::string VersionOf(const BundleTrainingOptions& options) {
  return options.version.empty() ? absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone()) + ".1" : options.version;
}

std::vector<std::string> LanguagesOf(const std::vector<LabelledArticle>& articles) {
  std::set<std::string> languages;
  for (const LabelledArticle& article : articles) {
    if (article.is_labelled && !article.language.empty()) languages.insert(article.language);
  }
  return {languages.begin(), languages.end()};
}

ModelManifest BeginManifest(const BundleTrainingOptions& options, const std::vector<LabelledArticle>& articles) {
  ModelManifest manifest;
  const absl::Time now = absl::Now();
  manifest.created_at = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone());
  manifest.version = VersionOf(options);
  manifest.normalizer_version = kNormalizerVersion;
  manifest.languages = LanguagesOf(articles);
  manifest.topic_model_file = "topics.rows";
  manifest.pooling = options.topics.pooling;
  return manifest;
}

}  // namespace

void PrintEvaluation(const Evaluation& evaluation) {
  std::printf("%-28s %7s %6s %6s %6s %6s\n", "topic", "gold", "P", "R", "F1", "ECE");
  for (const auto& [label, counts] : evaluation.labels()) {
    std::printf("%-28s %7zu %6.3f %6.3f %6.3f %6.3f\n", label.c_str(), counts.true_positives + counts.false_negatives,
                counts.Precision(), counts.Recall(), counts.F1(), evaluation.CalibrationError(label));
  }
  std::printf("%-28s %7zu %6s %6s %6.3f\n", "macro-F1", evaluation.articles(), "", "", evaluation.MacroF1());
  std::printf("%-28s %7s %6s %6s %6.3f\n", "micro-F1", "", "", "", evaluation.MicroF1());
  std::printf("%-28s %7s %6s %6s %6s %6.3f\n", "calibration error", "", "", "", "", evaluation.CalibrationError());
}

absl::Status TrainBundleRegions(const BundleTrainingOptions& options) {
  std::vector<BadLine> bad;
  ASSIGN_OR_RETURN(const std::vector<LabelledArticle> articles, ReadAll(options.articles, bad));
  ASSIGN_OR_RETURN(const std::vector<LabelledArticle> mentions, ReadAll(options.mentions, bad));
  ASSIGN_OR_RETURN(ModelManifest manifest, ReadManifest(options.base_bundle));
  ASSIGN_OR_RETURN(BundleWriter writer, BundleWriter::Begin(options.out));
  for (const auto& [name, file] : manifest.files) {
    if (!IsRegionFile(name)) RETURN_IF_ERROR(writer.CopyFrom(options.base_bundle / name, name));
  }
  RETURN_IF_ERROR(MakeRegionFiles(options, articles, mentions, writer));
  manifest.version = VersionOf(options);
  RETURN_IF_ERROR(RecordSmokeArticles(options, writer, manifest));
  return writer.Publish(std::move(manifest));
}

absl::Status TrainBundle(const BundleTrainingOptions& options) {
  std::vector<BadLine> bad;
  ASSIGN_OR_RETURN(const std::vector<LabelledArticle> articles, ReadAll(options.articles, bad));
  ASSIGN_OR_RETURN(const std::vector<LabelledArticle> mentions, ReadAll(options.mentions, bad));
  RETURN_IF_ERROR(ListBadLines(bad, options.bad_lines.empty() ? fs::path(options.out.string() + ".bad-lines.tsv")
                                                              : options.bad_lines));
  std::vector<TopicLabel> labels = TaxonomyOf(articles, options.min_articles);
  if (!options.taxonomy.empty()) {
    ASSIGN_OR_RETURN(labels, ReadTaxonomy(options.taxonomy));
  }
  ModelManifest manifest = BeginManifest(options, articles);
  ASSIGN_OR_RETURN(BundleWriter writer, BundleWriter::Begin(options.out));
  ASSIGN_OR_RETURN(const TrainedTopics trained, TrainTopics(articles, labels, options.topics, writer.folder()));
  manifest.topics = trained.rules;
  manifest.lone_topic_confidence = trained.lone_topic_confidence;
  RETURN_IF_ERROR(options.gazetteer.empty() ? CopyRegionFiles(options.base_bundle, writer)
                                            : MakeRegionFiles(options, articles, mentions, writer));
  RETURN_IF_ERROR(options.card.empty() ? writer.WriteText("MODEL_CARD.md", CardOf(manifest, trained, articles.size()))
                                       : writer.CopyFrom(options.card, "MODEL_CARD.md"));
  RETURN_IF_ERROR(RecordSmokeArticles(options, writer, manifest));
  PrintEvaluation(trained.cross_validated);
  return writer.Publish(std::move(manifest));
}

}  // namespace rubricator
