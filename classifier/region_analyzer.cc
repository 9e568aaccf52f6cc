#include "classifier/region_analyzer.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "classifier/region_mentions.h"
#include "classifier/status_macros.h"
#include "classifier/tab_separated.h"

namespace rubricator {
namespace {

constexpr size_t kMaxEvidence = 64;

EvidenceKind KindOfEvidence(NameKind kind) {
  switch (kind) {
    case NameKind::kName: return EvidenceKind::kCountryName;
    case NameKind::kAdjective: return EvidenceKind::kAdjective;
    case NameKind::kDemonym: return EvidenceKind::kDemonym;
    case NameKind::kCapital:
    case NameKind::kCity:
    case NameKind::kPlace:
    case NameKind::kTown: return EvidenceKind::kCity;
    case NameKind::kInstitution:
    case NameKind::kPerson:
    case NameKind::kBody: return EvidenceKind::kInstitution;
  }
  return EvidenceKind::kCountryName;
}

double Weight(const CountryMention& mention) {
  constexpr std::array<double, kNameKinds> kKindWeights = {3, 2.5, 2.5, 2, 2, 2, 1.5, 1.5, 1, 1};
  double weight = kKindWeights[static_cast<size_t>(mention.kind)];
  if (mention.field == ArticleField::kTitle) weight *= 2;
  if (mention.field == ArticleField::kBody && mention.first > 60) weight *= 0.5;
  return mention.optional ? 0.1 * weight : weight;
}

}  // namespace

RegionAnalyzer::~RegionAnalyzer() = default;

absl::StatusOr<std::unique_ptr<RegionAnalyzer>> RegionAnalyzer::Load(
    const std::filesystem::path& folder) {
  auto analyzer = std::unique_ptr<RegionAnalyzer>(new RegionAnalyzer());
  ASSIGN_OR_RETURN(analyzer->taxonomy_, RegionTaxonomy::Load(folder));
  ASSIGN_OR_RETURN(std::string bytes, ReadWholeFile(folder / "gazetteer.bin"));
  ASSIGN_OR_RETURN(analyzer->gazetteer_, Gazetteer::Load(std::move(bytes)));
  return analyzer;
}

std::vector<Region> RegionAnalyzer::Analyze(const TokenizedText& title, std::string_view,
                                            const TokenizedText& body, std::string_view,
                                            std::string_view language,
                                            std::optional<double> published_at,
                                            bool with_evidence) const {
  const RegionArticle article{title, body, language, published_at};
  const std::vector<CountryMention> mentions = FindMentions(*gazetteer_, article);
  std::map<uint8_t, double> weights;
  double total = 0;
  for (const CountryMention& mention : mentions) {
    weights[mention.country] += Weight(mention);
    total += Weight(mention);
  }
  std::vector<Region> regions;
  for (const auto& [country, weight] : weights) {
    Region region;
    region.code = gazetteer_->countries()[country];
    region.confidence = weight / total;
    region.role = region.confidence >= 0.3 ? RegionRole::kFocus : RegionRole::kMentioned;
    region.areas = taxonomy_->Areas(region.code);
    region.groups = taxonomy_->Groups(region.code, published_at);
    for (const CountryMention& mention : mentions) {
      if (!with_evidence || mention.country != country) continue;
      if (region.evidence.size() == kMaxEvidence) break;
      const auto& tokens = (mention.field == ArticleField::kTitle ? title : body).tokens();
      region.evidence.push_back({.field = mention.field,
                                 .begin = tokens[mention.first].begin,
                                 .end = tokens[mention.first + mention.count - 1].end,
                                 .contribution = Weight(mention) / weight,
                                 .kind = KindOfEvidence(mention.kind)});
    }
    regions.push_back(std::move(region));
  }
  std::stable_sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) {
    return a.confidence > b.confidence;
  });
  return regions;
}

}  // namespace rubricator
