#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "classifier/status_macros.h"
#include "trainer/archive_flags.h"
#include "trainer/bundle_evaluation.h"
#include "trainer/bundle_training.h"
#include "trainer/commands.h"
#include "trainer/stop_signal.h"
#include "trainer/topic_flags.h"

namespace rubricator {
namespace {

struct TrainFlags {
  BundleTrainingOptions bundle;
  ArchiveFlags archive;
  PoolingNames pooling;
};

void AddFiles(CLI::App& train, TrainFlags& flags) {
  BundleTrainingOptions& options = flags.bundle;
  train
      .add_option("--articles", options.articles,
                  "Labelled articles: JSON Lines, CSV, TSV or WordPress export, also .gz")
      ->required();
  train.add_option(
      "--held-out", options.held_out,
      "Articles to judge the bundle by: they and near duplicates are not learned from");
  train.add_option("--mentions", options.mentions,
                   "JSON Lines of articles with all the countries they name (mentioned)");
  train.add_option("--taxonomy", options.taxonomy,
                   "taxonomy.json; without it every label becomes a topic");
  train
      .add_option("--min-articles", options.min_articles,
                  "Articles a label needs, without --taxonomy")
      ->capture_default_str();
  train.add_flag("--drop-rare", options.drops_rare,
                 "Leave out labels of fewer articles instead of refusing them");
  CLI::Option* gazetteer = train.add_option("--gazetteer", options.gazetteer,
                                            "Folder of the gazetteer: trains regions too");
  CLI::Option* base =
      train.add_option("--base", options.base_bundle, "Bundle to take the region files from");
  gazetteer->excludes(base);
  train.add_option("--card", options.card, "MODEL_CARD.md to ship");
  train.add_option("--smoke", options.smoke,
                   "JSON Lines of texts that the bundle proves itself on when it is loaded");
  train.add_option("--out", options.out, "Folder of the bundle")->required();
  train.add_option("--bundle-version", options.version,
                   "Version of the bundle; default: today's date and .1");
  train.add_option("--bad-lines", options.bad_lines,
                   "Where to list lines that could not be read; default: OUT.bad-lines.tsv");
  train.add_flag("--report-texts", options.report_has_titles,
                 "Show titles in report.html, not only ids");
  train.add_flag("--resume", options.topics.resumes,
                 "Go on with the run that was stopped: OUT.work");
  train.callback([gazetteer, base] {
    if (gazetteer->count() + base->count() == 0) throw CLI::RequiredError("--gazetteer or --base");
  });
}

absl::Status Train(TrainFlags& flags) {
  ASSIGN_OR_RETURN(flags.bundle.archive, ResolveArchiveFlags(flags.archive));
  RETURN_IF_ERROR(ResolvePooling(flags.pooling, flags.bundle.topics));
  flags.bundle.topics.is_stopped = IsStopRequested;
  RETURN_IF_ERROR(TrainBundle(flags.bundle));
  if (flags.bundle.held_out.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto judged, JudgeBundle(flags.bundle.out, flags.bundle.held_out,
                                                  {.archive = flags.bundle.archive}));
  ASSIGN_OR_RETURN(const ModelManifest manifest, ReadManifest(flags.bundle.out));
  std::printf("\nheld out:\n");
  PrintEvaluation(EvaluationOf(judged.articles, manifest.topics));
  return absl::OkStatus();
}

}  // namespace

Command AddTrain(CLI::App& app) {
  CLI::App* train = app.add_subcommand("train", "Train a bundle on labelled articles");
  const auto flags = std::make_shared<TrainFlags>();
  AddFiles(*train, *flags);
  AddArchiveFlags(*train, flags->archive);
  AddCorrectionsFlag(*train, flags->archive);
  AddTopicFlags(*train, flags->bundle.topics, flags->pooling);
  return {train, [flags] { return Train(*flags); }};
}

Command AddRegions(CLI::App& app) {
  CLI::App* regions = app.add_subcommand(
      "regions", "Train the regions of a bundle anew, its topics left as they are");
  const auto options = std::make_shared<BundleTrainingOptions>();
  regions->add_option("--base", options->base_bundle, "The bundle")->required();
  regions
      ->add_option("--articles", options->articles,
                   "JSON Lines of articles with focus countries (regions)")
      ->required();
  regions->add_option("--mentions", options->mentions,
                      "JSON Lines of articles with all the countries they name (mentioned)");
  regions->add_option("--gazetteer", options->gazetteer, "Folder of the gazetteer")->required();
  regions->add_option("--smoke", options->smoke,
                      "JSON Lines of texts that the bundle proves itself on when it is loaded");
  regions->add_option("--bundle-version", options->version,
                      "Version of the bundle; default: today's date and .1");
  regions->add_option("--out", options->out, "Folder of the new bundle")->required();
  return {regions, [options] { return TrainBundleRegions(*options); }};
}

}  // namespace rubricator
