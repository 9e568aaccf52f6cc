#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "classifier/status_macros.h"
#include "trainer/archive_flags.h"
#include "trainer/commands.h"
#include "trainer/label_choice.h"
#include "trainer/stop_signal.h"
#include "trainer/topic_flags.h"
#include "trainer/training_input.h"
#include "trainer/tuning.h"

namespace rubricator {
namespace {

struct TuneFlags {
  TrainingFiles files;
  LabelChoice labels;
  ArchiveFlags archive;
  TopicTrainingOptions topics;
  PoolingNames pooling;
  TuningOptions tuning;
};

void PrintTrial(int number, const Trial& trial) {
  std::printf("%5d %8.4f %8.4f %6.4f   %s\n", number, trial.macro_f1, trial.micro_f1,
              trial.calibration_error, trial.Flags().c_str());
  std::fflush(stdout);
}

absl::Status Run(TuneFlags& flags) {
  ASSIGN_OR_RETURN(flags.files.archive, ResolveArchiveFlags(flags.archive));
  RETURN_IF_ERROR(ResolvePooling(flags.pooling, flags.topics));
  flags.topics.is_stopped = IsStopRequested;
  ASSIGN_OR_RETURN(TrainingInput input, ReadTrainingInput(flags.files, flags.topics.features));
  RETURN_IF_ERROR(ListBadLines(input.bad_lines, flags.tuning.state.string() + ".bad-lines.tsv"));
  ASSIGN_OR_RETURN(const auto labels, ChooseLabels(input.corpus.label_counts(), flags.labels));
  input.corpus.Finish(flags.topics.folds, labels);
  std::printf("trial macro-F1 micro-F1    ECE   flags\n");
  ASSIGN_OR_RETURN(const std::vector<Trial> trials,
                   Tune(input.corpus, labels, flags.topics, flags.tuning, PrintTrial));
  const auto best =
      std::max_element(trials.begin(), trials.end(),
                       [](const Trial& a, const Trial& b) { return a.macro_f1 < b.macro_f1; });
  std::printf("\nbest by macro-F1:\nrubricator-train train %s …\n", best->Flags().c_str());
  return absl::OkStatus();
}

}  // namespace

Command AddTune(CLI::App& app) {
  CLI::App* tune =
      app.add_subcommand("tune", "Search for better training flags by cross-validation");
  const auto flags = std::make_shared<TuneFlags>();
  tune->add_option("--articles", flags->files.articles, "Labelled articles")->required();
  tune->add_option("--held-out", flags->files.held_out,
                   "Articles to leave out, with their near duplicates");
  tune->add_option("--taxonomy", flags->labels.taxonomy,
                   "taxonomy.json; without it every label becomes a topic");
  tune->add_option("--min-articles", flags->labels.min_articles,
                   "Articles a label needs, without --taxonomy")
      ->capture_default_str();
  tune->add_flag("--drop-rare", flags->labels.drops_rare,
                 "Leave out labels of fewer articles instead of refusing them");
  tune->add_option("--trials", flags->tuning.trials,
                   "How many to try; the first is the flags given")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000));
  tune->add_option("--search-seed", flags->tuning.seed, "Seed of the search")
      ->capture_default_str();
  tune->add_option("--state", flags->tuning.state,
                   "File of finished trials (.json); one that is there is gone on with")
      ->required();
  AddArchiveFlags(*tune, flags->archive);
  AddTopicFlags(*tune, flags->topics, flags->pooling);
  return {tune, [flags] { return Run(*flags); }};
}

}  // namespace rubricator
