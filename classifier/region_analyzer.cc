#include "classifier/region_analyzer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "classifier/region_features.h"
#include "classifier/status_macros.h"
#include "classifier/tab_separated.h"

namespace rubricator {
namespace {

constexpr size_t kMaxEvidence = 64;

EvidenceKind KindOfEvidence(NameKind kind) {
  switch (kind) {
    case NameKind::kName:
      return EvidenceKind::kCountryName;
    case NameKind::kAdjective:
      return EvidenceKind::kAdjective;
    case NameKind::kDemonym:
      return EvidenceKind::kDemonym;
    case NameKind::kCapital:
    case NameKind::kCity:
    case NameKind::kPlace:
    case NameKind::kTown:
      return EvidenceKind::kCity;
    case NameKind::kInstitution:
    case NameKind::kPerson:
    case NameKind::kBody:
      return EvidenceKind::kInstitution;
  }
  return EvidenceKind::kCountryName;
}

// Whether a mention is one of the country itself, rather than of a person or body that stands for
// it.
bool NamesCountry(const CountryMention& mention) {
  return !mention.optional && KindOfEvidence(mention.kind) != EvidenceKind::kInstitution;
}

std::vector<Evidence> EvidenceOf(uint8_t country, const std::vector<CountryMention>& mentions,
                                 const TokenizedText& title, const TokenizedText& body) {
  double total = 0;
  for (const CountryMention& mention : mentions) {
    if (mention.country == country) total += MentionWeight(mention);
  }
  std::vector<Evidence> evidence;
  for (const CountryMention& mention : mentions) {
    if (mention.country != country) continue;
    if (evidence.size() == kMaxEvidence) break;
    const auto& tokens = (mention.field == ArticleField::kTitle ? title : body).tokens();
    evidence.push_back({.field = mention.field,
                        .begin = tokens[mention.first].begin,
                        .end = tokens[mention.first + mention.count - 1].end,
                        .contribution = MentionWeight(mention) / total,
                        .kind = KindOfEvidence(mention.kind)});
  }
  return evidence;
}

}  // namespace

RegionAnalyzer::~RegionAnalyzer() = default;

absl::StatusOr<std::unique_ptr<RegionAnalyzer>> RegionAnalyzer::Load(
    const std::filesystem::path& folder) {
  auto analyzer = std::unique_ptr<RegionAnalyzer>(new RegionAnalyzer());
  ASSIGN_OR_RETURN(analyzer->taxonomy_, RegionTaxonomy::Load(folder));
  ASSIGN_OR_RETURN(std::string bytes, ReadWholeFile(folder / "gazetteer.bin"));
  ASSIGN_OR_RETURN(analyzer->gazetteer_, Gazetteer::Load(std::move(bytes)));
  ASSIGN_OR_RETURN(const std::string model, ReadWholeFile(folder / "region-model.bin"));
  ASSIGN_OR_RETURN(analyzer->model_, RegionModel::Load(model, *analyzer->gazetteer_));
  return analyzer;
}

Region RegionAnalyzer::Describe(uint8_t country, std::optional<double> published_at) const {
  Region region;
  region.code = gazetteer_->countries()[country];
  region.areas = taxonomy_->Areas(region.code);
  region.groups = taxonomy_->Groups(region.code, published_at);
  return region;
}

std::vector<Region> RegionAnalyzer::Analyze(const TokenizedText& title, std::string_view,
                                            const TokenizedText& body, std::string_view,
                                            std::string_view language,
                                            std::optional<double> published_at,
                                            bool with_evidence) const {
  const RegionArticle article{title, body, language, published_at};
  const std::vector<CountryMention> mentions = FindMentions(*gazetteer_, article);
  RegionFeatures features = ExtractRegionFeatures(*gazetteer_, article, mentions);
  const std::vector<CountryVerdict> verdicts = model_->Judge(features);
  std::vector<Region> regions;
  std::vector<bool> done(verdicts.size(), false);
  const auto add = [&](size_t i, RegionRole role) {
    done[i] = true;
    Region region = Describe(verdicts[i].country, published_at);
    region.role = role;
    region.confidence = verdicts[i].focus;
    if (with_evidence) region.evidence = EvidenceOf(verdicts[i].country, mentions, title, body);
    regions.push_back(std::move(region));
  };
  for (const size_t i : model_->Decide(verdicts)) add(i, RegionRole::kFocus);
  const size_t in_focus = regions.size();
  for (size_t i = 0; i < verdicts.size(); ++i) {
    if (!done[i] && IsNamed(verdicts[i], mentions)) add(i, RegionRole::kMentioned);
  }
  std::stable_sort(regions.begin() + static_cast<std::ptrdiff_t>(in_focus), regions.end(),
                   [](const Region& a, const Region& b) { return a.confidence > b.confidence; });
  return regions;
}

bool RegionAnalyzer::IsNamed(const CountryVerdict& verdict,
                             const std::vector<CountryMention>& mentions) const {
  return verdict.mentioned && verdict.named >= model_->thresholds().named &&
         std::any_of(mentions.begin(), mentions.end(), [&](const CountryMention& mention) {
           return mention.country == verdict.country && NamesCountry(mention);
         });
}

}  // namespace rubricator
