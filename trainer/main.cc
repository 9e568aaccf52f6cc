// rubricator-train: labelled articles in, a model bundle out.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "classifier/classifier.h"
#include "classifier/fasttext_model.h"
#include "trainer/article_reader.h"
#include "trainer/bundle_training.h"
#include "trainer/model_compiler.h"

namespace rubricator {
namespace {

constexpr int kFailed = 1;  // --help documents the exit codes

int Report(const absl::Status& status) {
  if (status.ok()) return 0;
  std::fprintf(stderr, "rubricator-train: %s\n", std::string(status.message()).c_str());
  return kFailed;
}

// What --pooling and --cross name.
struct PoolingNames {
  std::vector<std::string> features = {"whole",    "max:64",  "max:16",        "top3:16", "first:64",
                                       "mean:64", "first:16", "log_windows:16", "log_rows"};
  std::vector<std::string> cross_features = {"whole", "max:16"};
};

void AddTrain(CLI::App& app, BundleTrainingOptions& options, PoolingNames& pooling) {
  CLI::App* train = app.add_subcommand("train", "Train a bundle on labelled articles");
  train->add_option("--articles", options.articles, "JSON Lines (.jsonl or .jsonl.gz) of articles: title, body, topics, …")
      ->required();
  train->add_option("--mentions", options.mentions, "JSON Lines of articles with all the countries they name (mentioned)");
  train->add_option("--taxonomy", options.taxonomy, "taxonomy.json; without it every label of --min-articles becomes a topic");
  train->add_option("--min-articles", options.min_articles, "Articles a label needs, without --taxonomy")->capture_default_str();
  CLI::Option* gazetteer = train->add_option("--gazetteer", options.gazetteer, "Folder of the gazetteer: trains regions too");
  CLI::Option* base = train->add_option("--base", options.base_bundle, "Bundle to take the region files from");
  gazetteer->excludes(base);
  train->add_option("--card", options.card, "MODEL_CARD.md to ship");
  train->add_option("--smoke", options.smoke, "JSON Lines of texts that the bundle proves itself on when it is loaded");
  train->add_option("--out", options.out, "Folder of the bundle")->required();
  train->add_option("--bundle-version", options.version, "Version of the bundle; default: today's date and .1");
  train->add_option("--bad-lines", options.bad_lines, "Where to list lines that could not be read");
  train->add_option("--epochs", options.topics.linear.epochs, "Passes over the articles")->capture_default_str()->check(CLI::Range(1, 1000));
  train->add_option("--rate", options.topics.linear.learning_rate, "Learning rate")->capture_default_str();
  train->add_option("--l2", options.topics.linear.l2, "L2 penalty an article")->capture_default_str();
  train->add_option("--max-rows", options.topics.max_rows, "Features to keep")->capture_default_str();
  train->add_option("--folds", options.topics.folds, "Folds of cross-validation")->capture_default_str()->check(CLI::Range(2, 20));
  train->add_option("--threads", options.topics.threads, "Folds trained at once")->capture_default_str()->check(CLI::Range(1, 256));
  train->add_option("--seed", options.topics.linear.seed, "Seed; the same input and seed give the same bundle")->capture_default_str();
  train->add_option("--pooling", pooling.features, "Pooling features: whole, max:64, …")->capture_default_str();
  train->add_option("--cross", pooling.cross_features, "Pooling features of the other topics")->capture_default_str();
  train->callback([&options, gazetteer, base] {
    if (gazetteer->count() + base->count() == 0) throw CLI::RequiredError("--gazetteer or --base");
  });
}

void AddRegions(CLI::App& app, BundleTrainingOptions& options) {
  CLI::App* regions = app.add_subcommand("regions", "Train the regions of a bundle anew, its topics left as they are");
  regions->add_option("--base", options.base_bundle, "The bundle")->required();
  regions->add_option("--articles", options.articles, "JSON Lines of articles with focus countries (regions)")->required();
  regions->add_option("--mentions", options.mentions, "JSON Lines of articles with all the countries they name (mentioned)");
  regions->add_option("--gazetteer", options.gazetteer, "Folder of the gazetteer")->required();
  regions->add_option("--smoke", options.smoke, "JSON Lines of texts that the bundle proves itself on when it is loaded");
  regions->add_option("--bundle-version", options.version, "Version of the bundle; default: today's date and .1");
  regions->add_option("--out", options.out, "Folder of the new bundle")->required();
}

absl::Status Train(BundleTrainingOptions& options, const PoolingNames& pooling) {
  PoolingRule& rule = options.topics.pooling;
  for (const auto& [names, features] : {std::pair(&pooling.features, &rule.features),
                                        std::pair(&pooling.cross_features, &rule.cross_features)}) {
    for (const std::string& name : *names) {
      auto feature = PoolingFeature::Parse(name);
      if (!feature.ok()) return feature.status();
      features->push_back(*feature);
    }
  }
  options.topics.pooling.length_exponent = options.topics.linear.length_exponent;
  return TrainBundle(options);
}

absl::Status Evaluate(const std::string& model, const std::vector<std::filesystem::path>& files) {
  auto classifier = Classifier::Load(model);
  if (!classifier.ok()) return classifier.status();
  Evaluation evaluation;
  size_t bad_lines = 0;
  for (const auto& file : files) {
    const absl::Status status = ReadArticles(
        file,
        [&](const LabelledArticle& labelled) {
          if (!labelled.is_labelled) return;
          Article article;
          article.title = labelled.title;
          article.body = labelled.body;
          const auto analysis = (*classifier)->Classify(article, {});
          std::vector<std::string> given;
          if (analysis.ok()) {
            for (const Topic& topic : analysis->topics) given.push_back(topic.id);
          }
          evaluation.Add(labelled.topics, given, {});
        },
        [&](const BadLine&) { ++bad_lines; });
    if (!status.ok()) return status;
  }
  if (bad_lines > 0) std::fprintf(stderr, "%zu bad lines left out\n", bad_lines);
  PrintEvaluation(evaluation);
  return absl::OkStatus();
}

absl::Status Compile(const std::filesystem::path& model, const std::filesystem::path& out) {
  const auto file = DescribeFile(model);
  if (!file.ok()) return file.status();
  const auto reference = FastTextModel::Load(model, file->sha256);
  if (!reference.ok()) return reference.status();
  return CompileTopicModel(**reference, out, {});
}

int Main(int argc, char** argv) {
  CLI::App app("Trains, evaluates and compiles Rubricator's model bundles.");
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done; 1 failed, with one line that says why; 100 and more: wrong usage.");
  BundleTrainingOptions options;
  PoolingNames pooling;
  AddTrain(app, options, pooling);
  AddRegions(app, options);
  std::string model;
  std::vector<std::filesystem::path> files;
  CLI::App* evaluate = app.add_subcommand("evaluate", "Compare a bundle's topics with annotated articles");
  evaluate->add_option("--model", model, "Folder of the bundle")->required();
  evaluate->add_option("--articles", files, "JSON Lines of labelled articles")->required();
  std::filesystem::path source, out;
  CLI::App* compile = app.add_subcommand("compile", "Compile a fastText .bin or .ftz for the engine");
  compile->add_option("model", source, "fastText model, supervised")->required();
  compile->add_option("out", out, "File to write")->required();
  CLI11_PARSE(app, argc, argv);
  if (app.got_subcommand("train")) return Report(Train(options, pooling));
  if (app.got_subcommand("regions")) return Report(TrainBundleRegions(options));
  if (evaluate->parsed()) return Report(Evaluate(model, files));
  return Report(Compile(source, out));
}

}  // namespace
}  // namespace rubricator

int main(int argc, char** argv) { return rubricator::Main(argc, argv); }
