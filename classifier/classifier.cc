#include "classifier/classifier.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "classifier/absl_view.h"
#include "classifier/code_point.h"
#include "classifier/compiled_topic_model.h"
#include "classifier/language_detector.h"
#include "classifier/plain_text.h"
#include "classifier/region_analyzer.h"
#include "classifier/status_macros.h"
#include "classifier/tokenizer.h"
#include "classifier/topic_evidence.h"
#include "classifier/topic_pooling.h"

namespace rubricator {
namespace {

// A text longer than this gives its memory back; shorter ones leave it to the thread's next
// article.
constexpr size_t kKeptWords = 8192;

double Sigmoid(double logit) { return 1.0 / (1.0 + std::exp(-logit)); }

// A token with a letter is a word; numbers alone say nothing.
bool HasLetter(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) { return c < '0' || c > '9'; });
}

// One article on its way through the pipeline: memory that a thread uses again.
struct Workspace {
  TokenizedText title_tokens;
  TokenizedText body_tokens;
  std::vector<std::string_view> words;  // normalised forms of title and body
  WordScores scores;
};

}  // namespace

struct Classifier::Parts {
  ModelManifest manifest;
  ClassifierLimits limits;
  std::unique_ptr<CompiledTopicModel> topic_model;
  std::unique_ptr<RegionAnalyzer> region_analyzer;
  std::vector<size_t> label_of_topic;  // index into the model's labels, for each of manifest.topics
};

namespace {

// What the text of an article is, once its markup is gone.
struct ArticleText {
  PlainText title;
  PlainText body;
};

absl::Status CheckSize(std::string_view field, size_t size, size_t limit) {
  if (size <= limit) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(AsAbsl(field), ": is ", size, " bytes; limit is ", limit));
}

bool IsBlank(std::string_view text) {
  CharTraits scratch;
  for (size_t offset = 0; offset < text.size();) {
    const CharClass char_class = TraitsOf(NextCodePoint(text, offset), scratch).char_class;
    if (char_class != CharClass::kSpace && char_class != CharClass::kLineEnd &&
        char_class != CharClass::kIgnored) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<PlainText> ReadField(std::string_view field, std::string_view text,
                                    TextFormat format) {
  if (format == TextFormat::kPlain) return PlainText::FromPlain(text);
  absl::StatusOr<PlainText> plain = PlainText::FromHtml(text);
  if (plain.ok()) return plain;
  return absl::Status(plain.status().code(),
                      absl::StrCat(AsAbsl(field), ": ", plain.status().message()));
}

absl::StatusOr<ArticleText> ReadArticle(const Article& article, const ClassifierLimits& limits) {
  RETURN_IF_ERROR(CheckSize("article.title", article.title.size(), limits.max_title_bytes));
  RETURN_IF_ERROR(CheckSize("article.body", article.body.size(), limits.max_body_bytes));
  if (IsBlank(article.title) && IsBlank(article.body)) {
    return absl::InvalidArgumentError("article.body: title and body are both empty or white space");
  }
  ArticleText text;
  ASSIGN_OR_RETURN(text.title, ReadField("article.title", article.title, article.format));
  ASSIGN_OR_RETURN(text.body, ReadField("article.body", article.body, article.format));
  return text;
}

std::string LanguageOf(const Article& article, const ArticleText& text,
                       const ModelManifest& manifest) {
  const std::string declared = PrimaryLanguageTag(article.language);
  if (!declared.empty()) return declared;
  return DetectLanguage(absl::StrCat(text.title.text(), "\n", text.body.text()),
                        manifest.languages);
}

// The words of title and body, one after the other.
void CollectWords(Workspace& workspace) {
  workspace.words.clear();
  for (const TokenizedText* tokens : {&workspace.title_tokens, &workspace.body_tokens}) {
    for (size_t i = 0; i < tokens->size(); ++i) workspace.words.push_back(tokens->Form(i));
  }
}

bool HasEnoughText(const Workspace& workspace, const ModelManifest& manifest) {
  int words = 0;
  int known = 0;
  for (size_t i = 0; i < workspace.words.size(); ++i) {
    if (!HasLetter(workspace.words[i])) continue;
    ++words;
    known += workspace.scores.is_known[i] ? 1 : 0;
  }
  return words >= manifest.min_words && known >= manifest.min_known_words;
}

// Finds the evidence of a topic and tells where it stands in the article as sent.
class EvidenceWriter {
 public:
  EvidenceWriter(const Workspace& workspace, const ArticleText& text)
      : workspace_(workspace), text_(text) {
    for (const TokenizedText* tokens : {&workspace.title_tokens, &workspace.body_tokens}) {
      for (size_t i = 0; i < tokens->size(); ++i) {
        const Gap gap = tokens->tokens()[i].gap;
        words_.emplace_back(tokens->Form(i), i > 0 && (gap == Gap::kSpace || gap == Gap::kHyphen));
      }
    }
  }

  void Write(std::span<const double> contributions, size_t max_evidence, Topic& topic) const {
    topic.other_contribution = topic.logit;
    for (const EvidenceSpan& span : StrongestSpans(words_, contributions, max_evidence)) {
      const auto [field, first] = Locate(span.begin);
      const auto [last_field, last] = Locate(span.end - 1);
      const auto [begin, end] = field == ArticleField::kTitle
                                    ? text_.title.SourceSpan(first.begin, last.end)
                                    : text_.body.SourceSpan(first.begin, last.end);
      topic.evidence.push_back({field, begin, end, span.contribution, EvidenceKind::kWord});
      topic.other_contribution -= span.contribution;
    }
  }

 private:
  std::pair<ArticleField, Token> Locate(size_t word) const {
    const size_t in_title = workspace_.title_tokens.size();
    if (word < in_title) return {ArticleField::kTitle, workspace_.title_tokens.tokens()[word]};
    return {ArticleField::kBody, workspace_.body_tokens.tokens()[word - in_title]};
  }

  const Workspace& workspace_;
  const ArticleText& text_;
  std::vector<EvidenceWord> words_;
};

// Region evidence comes with offsets in the plain text.
void MapToSource(const ArticleText& text, std::vector<Region>& regions) {
  for (Region& region : regions) {
    for (Evidence& evidence : region.evidence) {
      const PlainText& field = evidence.field == ArticleField::kTitle ? text.title : text.body;
      std::tie(evidence.begin, evidence.end) = field.SourceSpan(evidence.begin, evidence.end);
    }
  }
}

// A text too short to be weighed still names what it names: countries that only its words suggest
// go.
void KeepNamed(std::vector<Region>& regions) {
  std::erase_if(regions, [](const Region& region) { return region.evidence.empty(); });
}

bool HasFocus(const std::vector<Region>& regions) {
  return std::any_of(regions.begin(), regions.end(),
                     [](const Region& r) { return r.role == RegionRole::kFocus; });
}

// Cross features are weighed by label, so the model's labels must be the manifest's, each once.
absl::StatusOr<std::vector<size_t>> MatchLabels(const ModelManifest& manifest,
                                                const CompiledTopicModel& model) {
  std::vector<size_t> label_of_topic;
  for (const TopicLabel& topic : manifest.topics) {
    const auto found = std::find(model.labels().begin(), model.labels().end(), topic.id);
    if (found == model.labels().end()) {
      return absl::FailedPreconditionError(absl::StrCat(manifest.topic_model_file,
                                                        ": has no label for the topic ", topic.id,
                                                        " of manifest.json"));
    }
    label_of_topic.push_back(static_cast<size_t>(found - model.labels().begin()));
  }
  if (label_of_topic.size() != model.labels().size()) {
    return absl::FailedPreconditionError(
        absl::StrCat(manifest.topic_model_file, ": has ", model.labels().size(),
                     " labels; manifest.json has ", label_of_topic.size(), " topics"));
  }
  return label_of_topic;
}

}  // namespace

Classifier::Classifier(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Classifier::~Classifier() = default;

absl::StatusOr<std::unique_ptr<Classifier>> Classifier::Load(const std::filesystem::path& folder,
                                                             const ClassifierLimits& limits) {
  auto parts = std::make_unique<Parts>();
  parts->limits = limits;
  ASSIGN_OR_RETURN(parts->manifest, ReadManifest(folder));
  RETURN_IF_ERROR(VerifyFiles(parts->manifest, folder));
  ASSIGN_OR_RETURN(parts->topic_model,
                   CompiledTopicModel::Open(folder / parts->manifest.topic_model_file));
  ASSIGN_OR_RETURN(parts->label_of_topic, MatchLabels(parts->manifest, *parts->topic_model));
  ASSIGN_OR_RETURN(parts->region_analyzer, RegionAnalyzer::Load(folder));
  std::unique_ptr<Classifier> classifier(new Classifier(std::move(parts)));
  RETURN_IF_ERROR(classifier->Prove());
  return classifier;
}

absl::Status Classifier::Prove() const {
  const std::vector<SmokeArticle>& articles = manifest().smoke_articles;
  for (size_t i = 0; i < articles.size(); ++i) {
    Article article;
    article.title = articles[i].title;
    article.body = articles[i].body;
    ASSIGN_OR_RETURN(const Analysis analysis, ClassifyWithin(ClassifierLimits(), article, {}));
    std::vector<std::string> topics, regions;
    for (const Topic& topic : analysis.topics) topics.push_back(topic.id);
    for (const Region& region : analysis.regions) {
      if (region.role == RegionRole::kFocus) regions.push_back(region.code);
    }
    std::sort(topics.begin(), topics.end());
    std::sort(regions.begin(), regions.end());
    if (topics == articles[i].topics && regions == articles[i].regions) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("manifest.json: smoke_articles[", i, "] got topics [",
                     absl::StrJoin(topics, ", "), "] and regions [", absl::StrJoin(regions, ", "),
                     "], not [", absl::StrJoin(articles[i].topics, ", "), "] and [",
                     absl::StrJoin(articles[i].regions, ", "), "]"));
  }
  return absl::OkStatus();
}

void Classifier::DecideTopics(const PooledScores& pooled, Analysis& analysis) const {
  Topic nearest;
  double nearest_share = 0.0;
  for (size_t i = 0; i < manifest().topics.size(); ++i) {
    const TopicLabel& rule = manifest().topics[i];
    Topic topic;
    topic.id = rule.id;
    topic.logit = pooled.Logit(parts_->label_of_topic[i], rule.bias, rule.weights);
    topic.confidence = Sigmoid(topic.logit);
    const double share = topic.confidence / rule.threshold;
    if (share > nearest_share) {
      nearest_share = share;
      nearest = topic;
    }
    if (topic.confidence >= rule.threshold) analysis.topics.push_back(std::move(topic));
  }
  std::stable_sort(analysis.topics.begin(), analysis.topics.end(),
                   [](const Topic& a, const Topic& b) { return a.confidence > b.confidence; });
  const auto max_topics = static_cast<size_t>(manifest().max_topics);
  if (analysis.topics.size() > max_topics) analysis.topics.resize(max_topics);
  if (analysis.topics.empty() && nearest.confidence >= manifest().lone_topic_confidence) {
    analysis.topics.push_back(std::move(nearest));
  }
}

absl::StatusOr<Analysis> Classifier::Classify(const Article& article,
                                              const AnalysisOptions& options) const {
  return ClassifyWithin(limits(), article, options);
}

absl::StatusOr<Analysis> Classifier::ClassifyWithin(const ClassifierLimits& limits,
                                                    const Article& article,
                                                    const AnalysisOptions& options) const {
  ASSIGN_OR_RETURN(const ArticleText text, ReadArticle(article, limits));
  Analysis analysis;
  analysis.model_version = manifest().version;
  analysis.language = LanguageOf(article, text, manifest());
  const std::vector<std::string>& languages = manifest().languages;

  static thread_local Workspace workspace;
  Tokenize(text.title.text(), workspace.title_tokens);
  Tokenize(text.body.text(), workspace.body_tokens);
  CollectWords(workspace);
  const bool has_words = std::any_of(workspace.words.begin(), workspace.words.end(), HasLetter);
  if (has_words &&
      std::find(languages.begin(), languages.end(), analysis.language) == languages.end()) {
    analysis.outcome = Outcome::kUnsupportedLanguage;
    return analysis;
  }
  parts_->topic_model->Score(workspace.words, workspace.scores);
  const bool is_enough = HasEnoughText(workspace, manifest());
  analysis.regions = parts_->region_analyzer->Analyze(
      workspace.title_tokens, text.title.text(), workspace.body_tokens, text.body.text(),
      analysis.language, article.published_at, options.include_evidence || !is_enough);
  MapToSource(text, analysis.regions);
  if (!is_enough) {
    KeepNamed(analysis.regions);
    if (!options.include_evidence) {
      for (Region& region : analysis.regions) region.evidence.clear();
    }
    analysis.outcome = Outcome::kInsufficientText;
    return analysis;
  }
  const PooledScores pooled(*parts_->topic_model, workspace.scores, manifest().pooling);
  DecideTopics(pooled, analysis);
  if (options.include_evidence) {
    const EvidenceWriter writer(workspace, text);
    for (Topic& topic : analysis.topics) {
      const auto rule = std::find_if(manifest().topics.begin(), manifest().topics.end(),
                                     [&](const TopicLabel& label) { return label.id == topic.id; });
      const size_t label =
          parts_->label_of_topic[static_cast<size_t>(rule - manifest().topics.begin())];
      writer.Write(pooled.Contributions(label, rule->weights), options.max_evidence, topic);
    }
  }
  analysis.outcome = analysis.topics.empty() && !HasFocus(analysis.regions) ? Outcome::kNoTopic
                                                                            : Outcome::kClassified;
  if (workspace.words.size() > kKeptWords) workspace = Workspace();
  return analysis;
}

const ModelManifest& Classifier::manifest() const { return parts_->manifest; }
const RegionTaxonomy& Classifier::region_taxonomy() const {
  return parts_->region_analyzer->taxonomy();
}
const ClassifierLimits& Classifier::limits() const { return parts_->limits; }

}  // namespace rubricator
