#include "trainer/bundle_training.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "classifier/classifier.h"
#include "classifier/gazetteer_compiler.h"
#include "classifier/status_macros.h"
#include "classifier/tokenizer.h"
#include "trainer/article_reader.h"
#include "trainer/bundle_evaluation.h"
#include "trainer/bundle_writer.h"
#include "trainer/label_choice.h"
#include "trainer/region_trainer.h"
#include "trainer/report_page.h"
#include "trainer/topic_words.h"
#include "trainer/training_input.h"

namespace rubricator {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRegionFiles[] = {"gazetteer.bin", "region-groups.tsv", "region-model.bin",
                                        "region-taxonomy.tsv"};
constexpr size_t kReportedWords = 20;  // for each topic

absl::StatusOr<std::vector<LabelledArticle>> ReadAll(const std::vector<fs::path>& files,
                                                     std::vector<BadLine>& bad) {
  std::vector<LabelledArticle> articles;
  for (const fs::path& file : files) {
    RETURN_IF_ERROR(ReadArticles(
        file, [&](LabelledArticle article) { articles.push_back(std::move(article)); },
        [&](BadLine line) { bad.push_back(std::move(line)); }));
  }
  return articles;
}

absl::Status CopyRegionFiles(const fs::path& bundle, BundleWriter& writer) {
  for (const char* name : kRegionFiles) RETURN_IF_ERROR(writer.CopyFrom(bundle / name, name));
  return absl::OkStatus();
}

std::vector<RegionTrainingArticle> RegionArticles(const std::vector<LabelledArticle>& articles,
                                                  bool mentions) {
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
    item.weight = article.weight;
  }
  return result;
}

absl::Status MakeRegionFiles(const BundleTrainingOptions& options,
                             const std::vector<LabelledArticle>& articles,
                             const std::vector<LabelledArticle>& mentions, BundleWriter& writer) {
  RETURN_IF_ERROR(writer.CopyFrom(options.gazetteer / "taxonomy.tsv", "region-taxonomy.tsv"));
  RETURN_IF_ERROR(writer.CopyFrom(options.gazetteer / "groups.tsv", "region-groups.tsv"));
  ASSIGN_OR_RETURN(const auto taxonomy, RegionTaxonomy::Load(writer.folder()));
  ASSIGN_OR_RETURN(const std::string gazetteer, CompileGazetteer({options.gazetteer / "forms.tsv",
                                                                  options.gazetteer / "policy.tsv"},
                                                                 *taxonomy));
  RETURN_IF_ERROR(writer.WriteText("gazetteer.bin", gazetteer));
  ASSIGN_OR_RETURN(const auto loaded, Gazetteer::Load(gazetteer));
  std::fprintf(stderr, "training regions …\n");
  ASSIGN_OR_RETURN(
      const RegionTrainingResult result,
      TrainRegions(*loaded, RegionArticles(articles, false), RegionArticles(mentions, true), {}));
  std::printf(
      "regions, cross-validated: set F1 %.3f, focus accuracy %.3f, calibration error %.3f\n",
      result.set_f1, result.focus_accuracy, result.calibration_error);
  return writer.WriteText("region-model.bin", result.model);
}

bool IsRegionFile(const std::string& name) {
  return std::find(std::begin(kRegionFiles), std::end(kRegionFiles), name) !=
         std::end(kRegionFiles);
}

std::string CardOf(const ModelManifest& manifest, const TrainedTopics& trained, size_t articles) {
  return absl::StrCat("# Model card: ", manifest.version, "\n\nTrained on ", articles,
                      " articles; ", trained.rows, " rows, ", trained.words,
                      " words. Cross-validated on them: macro-F1 ",
                      absl::SixDigits(trained.cross_validated.MacroF1()), ", micro-F1 ",
                      absl::SixDigits(trained.cross_validated.MicroF1()), ".\n");
}

// Lets the new bundle answer the smoke texts, and keeps the answers as what it must always give.
absl::Status RecordSmokeArticles(const BundleTrainingOptions& options, BundleWriter& writer,
                                 ModelManifest& manifest) {
  manifest.smoke_articles.clear();  // what another model answered
  if (options.smoke.empty()) return absl::OkStatus();
  std::vector<BadLine> bad;
  ASSIGN_OR_RETURN(const auto texts, ReadAll({options.smoke}, bad));
  if (!bad.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.smoke.string(), ":", bad[0].line, ": ", bad[0].problem));
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
  return options.version.empty()
             ? absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone()) + ".1"
             : options.version;
}

absl::Status AddReport(const BundleTrainingOptions& options, const ModelManifest& manifest,
                       const TrainedTopics& trained, BundleWriter& writer) {
  ASSIGN_OR_RETURN(auto words, StrongestWords(writer.folder() / "topics.ftz", kReportedWords));
  return writer.WriteText(
      "report.html", WriteReport({manifest.version, manifest.created_at,
                                  "cross-validated on the training articles", trained.rules,
                                  trained.judged, std::move(words), options.report_has_titles}));
}

// "models/mine.work" of "models/mine" or "models/mine/".
fs::path Beside(const fs::path& bundle, const char* ending) {
  const fs::path place = bundle.has_filename() ? bundle : bundle.parent_path();
  return place.string() + ending;
}

ModelManifest BeginManifest(const BundleTrainingOptions& options, const TopicCorpus& corpus) {
  ModelManifest manifest;
  const absl::Time now = absl::Now();
  manifest.created_at = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone());
  manifest.version = VersionOf(options);
  manifest.normalizer_version = kNormalizerVersion;
  manifest.languages = corpus.Languages();
  manifest.topic_model_file = "topics.rows";
  manifest.pooling = options.topics.pooling;
  return manifest;
}

}  // namespace

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
  TrainingFiles files{options.articles, options.held_out, options.archive,
                      !options.gazetteer.empty(), options.report_has_titles};
  ASSIGN_OR_RETURN(TrainingInput input, ReadTrainingInput(files, options.topics.features));
  ASSIGN_OR_RETURN(const std::vector<LabelledArticle> mentions,
                   ReadAll(options.mentions, input.bad_lines));
  RETURN_IF_ERROR(ListBadLines(input.bad_lines, options.bad_lines.empty()
                                                    ? Beside(options.out, ".bad-lines.tsv")
                                                    : options.bad_lines));
  ASSIGN_OR_RETURN(const std::vector<TopicLabel> labels,
                   ChooseLabels(input.corpus.label_counts(),
                                {options.taxonomy, options.min_articles, options.drops_rare}));
  input.corpus.Finish(options.topics.folds, labels);
  ModelManifest manifest = BeginManifest(options, input.corpus);
  if (manifest.languages.empty() && input.corpus.labelled_count() > 0) {
    return absl::InvalidArgumentError(
        "the labelled articles are in no known language; give --language");
  }
  ASSIGN_OR_RETURN(BundleWriter writer, BundleWriter::Begin(options.out));
  TopicTrainingOptions topics = options.topics;
  topics.work_folder = Beside(options.out, ".work");
  ASSIGN_OR_RETURN(const TrainedTopics trained,
                   TrainTopics(input.corpus, labels, topics, writer.folder()));
  manifest.topics = trained.rules;
  manifest.lone_topic_confidence = trained.lone_topic_confidence;
  RETURN_IF_ERROR(options.gazetteer.empty()
                      ? CopyRegionFiles(options.base_bundle, writer)
                      : MakeRegionFiles(options, input.region_articles, mentions, writer));
  RETURN_IF_ERROR(options.card.empty()
                      ? writer.WriteText("MODEL_CARD.md",
                                         CardOf(manifest, trained, input.corpus.labelled_count()))
                      : writer.CopyFrom(options.card, "MODEL_CARD.md"));
  RETURN_IF_ERROR(AddReport(options, manifest, trained, writer));
  RETURN_IF_ERROR(RecordSmokeArticles(options, writer, manifest));
  PrintEvaluation(trained.cross_validated);
  RETURN_IF_ERROR(writer.Publish(std::move(manifest)));
  fs::remove_all(topics.work_folder);
  return absl::OkStatus();
}

}  // namespace rubricator
