#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "classifier/classifier.h"
#include "classifier/plain_text.h"
#include "classifier/status_macros.h"
#include "trainer/commands.h"
#include "trainer/topic_words.h"

namespace rubricator {
namespace {

constexpr size_t kWordsShown = 15;

struct InspectFlags {
  std::filesystem::path model;
  std::filesystem::path text;
};

void PrintManifest(const ModelManifest& manifest) {
  std::printf("version    %s\ncreated    %s\nlanguages ", manifest.version.c_str(),
              manifest.created_at.c_str());
  for (const std::string& language : manifest.languages) std::printf(" %s", language.c_str());
  std::printf("\npooling   ");
  for (const PoolingFeature& feature : manifest.pooling.features)
    std::printf(" %s", feature.ToString().c_str());
  std::printf("\n\nfiles\n");
  uint64_t total = 0;
  for (const auto& [name, file] : manifest.files) {
    std::printf("%12llu  %s\n", static_cast<unsigned long long>(file.bytes), name.c_str());
    total += file.bytes;
  }
  std::printf("%12llu  in all\n\ntopics\n", static_cast<unsigned long long>(total));
  for (const TopicLabel& topic : manifest.topics) {
    std::printf("  %-28s from %.2f", topic.id.c_str(), topic.threshold);
    for (const auto& [language, name] : topic.names)
      std::printf("  %s: %s", language.c_str(), name.c_str());
    std::printf("\n");
  }
}

absl::Status PrintWords(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "topics.ftz";
  if (!std::filesystem::exists(file))
    return absl::OkStatus();  // a bundle may ship without the reference
  ASSIGN_OR_RETURN(const auto words, StrongestWords(file, kWordsShown));
  std::printf("\nwords that speak most for a topic\n");
  for (const auto& [topic, strongest] : words) {
    std::printf("  %s\n     ", topic.c_str());
    for (const TopicWord& word : strongest) std::printf(" %s", word.word.c_str());
    std::printf("\n");
  }
  return absl::OkStatus();
}

const char* Describe(Outcome outcome) {
  switch (outcome) {
    case Outcome::kClassified:
      return "classified";
    case Outcome::kNoTopic:
      return "no topic reaches its threshold";
    case Outcome::kInsufficientText:
      return "too little text to say anything";
    case Outcome::kUnsupportedLanguage:
      return "a language that the bundle was not trained on";
  }
  return "";
}

void PrintTopic(const Topic& topic, const Article& article) {
  std::printf("\n%s  %.0f %%  (logit %.3f)\n", topic.id.c_str(), 100.0 * topic.confidence,
              topic.logit);
  for (const Evidence& evidence : topic.evidence) {
    const std::string& field =
        evidence.field == ArticleField::kTitle ? article.title : article.body;
    std::printf("  %+8.3f  %s\n", evidence.contribution,
                field.substr(evidence.begin, evidence.end - evidence.begin).c_str());
  }
  std::printf("  %+8.3f  everything else\n", topic.other_contribution);
}

absl::Status PrintArticle(const Classifier& classifier, const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(path.string() + ": cannot be read");
  Article article;
  article.body = text.str();
  if (LooksLikeHtml(article.body)) article.format = TextFormat::kHtml;
  AnalysisOptions options;
  options.include_evidence = true;
  ASSIGN_OR_RETURN(const Analysis analysis, classifier.Classify(article, options));
  std::printf("%s: %s, language %s\n", path.c_str(), Describe(analysis.outcome),
              analysis.language.c_str());
  for (const Topic& topic : analysis.topics) PrintTopic(topic, article);
  for (const Region& region : analysis.regions) {
    if (region.role == RegionRole::kFocus)
      std::printf("\n%s  %.0f %%\n", region.code.c_str(), 100.0 * region.confidence);
  }
  return absl::OkStatus();
}

absl::Status Inspect(const InspectFlags& flags) {
  ASSIGN_OR_RETURN(const auto classifier, Classifier::Load(flags.model));
  if (!flags.text.empty()) return PrintArticle(*classifier, flags.text);
  PrintManifest(classifier->manifest());
  return PrintWords(flags.model);
}

}  // namespace

Command AddInspect(CLI::App& app) {
  CLI::App* inspect =
      app.add_subcommand("inspect", "Show what a bundle holds, or what it says of a text and why");
  const auto flags = std::make_shared<InspectFlags>();
  inspect->add_option("--model", flags->model, "Folder of the bundle")->required();
  inspect->add_option("--text", flags->text, "A text or HTML file to classify, with evidence");
  return {inspect, [flags] { return Inspect(*flags); }};
}

}  // namespace rubricator
