#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "classifier/fasttext_model.h"
#include "classifier/status_macros.h"
#include "trainer/archive_flags.h"
#include "trainer/atomic_file.h"
#include "trainer/bundle_evaluation.h"
#include "trainer/commands.h"
#include "trainer/model_compiler.h"
#include "trainer/report_page.h"
#include "trainer/topic_words.h"

namespace rubricator {
namespace {

constexpr size_t kReportedWords = 20;  // for each topic

struct EvaluateFlags {
  std::filesystem::path model;
  std::filesystem::path before;  // empty: nothing to compare with
  bool only_corrected = false;
  std::vector<std::filesystem::path> articles;
  std::filesystem::path report;
  bool report_has_titles = false;
  ArchiveFlags archive;
};

std::string BasisOf(const std::vector<std::filesystem::path>& files) {
  std::string basis = "judged on";
  for (const auto& file : files)
    basis += (file == files.front() ? " " : ", ") + file.filename().string();
  return basis;
}

absl::Status WriteReportFile(const EvaluateFlags& flags, const ModelManifest& manifest,
                             BundleJudgement judged) {
  ReportInput input{manifest.version,       manifest.created_at,        BasisOf(flags.articles),
                    manifest.topics,        std::move(judged.articles), {},
                    flags.report_has_titles};
  const std::filesystem::path model = flags.model / "topics.ftz";
  if (std::filesystem::exists(model)) {
    ASSIGN_OR_RETURN(input.words, StrongestWords(model, kReportedWords));
  }
  return WriteFileAtomically(flags.report, WriteReport(input));
}

absl::Status CompareWithBefore(const EvaluateFlags& flags, const JudgementOptions& options,
                               const Evaluation& after) {
  ASSIGN_OR_RETURN(const BundleJudgement judged,
                   JudgeBundle(flags.before, flags.articles, options));
  ASSIGN_OR_RETURN(const ModelManifest manifest, ReadManifest(flags.before));
  std::printf("\n%s before, %s after:\n", flags.before.c_str(), flags.model.c_str());
  PrintComparison(EvaluationOf(judged.articles, manifest.topics), after);
  return absl::OkStatus();
}

absl::Status Evaluate(const EvaluateFlags& flags) {
  ASSIGN_OR_RETURN(const ArchiveOptions archive, ResolveArchiveFlags(flags.archive));
  const JudgementOptions options{.archive = archive,
                                 .keeps_titles = flags.report_has_titles,
                                 .adds_corrected_texts = true,
                                 .only_corrected = flags.only_corrected};
  ASSIGN_OR_RETURN(BundleJudgement judged, JudgeBundle(flags.model, flags.articles, options));
  ASSIGN_OR_RETURN(const ModelManifest manifest, ReadManifest(flags.model));
  if (!judged.bad_lines.empty())
    std::fprintf(stderr, "%zu bad lines left out\n", judged.bad_lines.size());
  if (judged.articles.empty())
    return absl::InvalidArgumentError("no labelled article to compare with");
  if (archive.corrections != nullptr) {
    std::fprintf(stderr, "%s\n", archive.corrections->Summary().c_str());
  }
  const Evaluation evaluation = EvaluationOf(judged.articles, manifest.topics);
  PrintEvaluation(evaluation);
  if (!flags.before.empty()) RETURN_IF_ERROR(CompareWithBefore(flags, options, evaluation));
  if (flags.report.empty()) return absl::OkStatus();
  return WriteReportFile(flags, manifest, std::move(judged));
}

absl::Status Compile(const std::filesystem::path& model, const std::filesystem::path& out) {
  ASSIGN_OR_RETURN(const BundleFile file, DescribeFile(model));
  ASSIGN_OR_RETURN(const auto reference, FastTextModel::Load(model, file.sha256));
  return CompileTopicModel(*reference, out, {});
}

}  // namespace

Command AddEvaluate(CLI::App& app) {
  CLI::App* evaluate =
      app.add_subcommand("evaluate", "Compare a bundle's topics with annotated articles");
  const auto flags = std::make_shared<EvaluateFlags>();
  evaluate->add_option("--model", flags->model, "Folder of the bundle")->required();
  evaluate->add_option("--articles", flags->articles, "Labelled articles")->required();
  evaluate->add_option("--report", flags->report,
                       "Write the figures as a page for the browser (.html)");
  evaluate->add_flag("--report-texts", flags->report_has_titles,
                     "Show titles in the report, not only ids");
  evaluate->add_option("--before", flags->before, "Bundle to compare with, on the same articles");
  AddArchiveFlags(*evaluate, flags->archive);
  AddCorrectionsFlag(*evaluate, flags->archive);
  evaluate->add_flag("--only-corrected", flags->only_corrected,
                     "Pass over articles that nobody corrected");
  return {evaluate, [flags] { return Evaluate(*flags); }};
}

Command AddCompile(CLI::App& app) {
  CLI::App* compile =
      app.add_subcommand("compile", "Compile a fastText .bin or .ftz for the engine");
  const auto paths = std::make_shared<std::pair<std::filesystem::path, std::filesystem::path>>();
  compile->add_option("model", paths->first, "fastText model, supervised")->required();
  compile->add_option("out", paths->second, "File to write")->required();
  return {compile, [paths] { return Compile(paths->first, paths->second); }};
}

}  // namespace rubricator
