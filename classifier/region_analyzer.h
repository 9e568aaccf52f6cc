// The countries of an article: which it is about, which it only names.
#ifndef RUBRICATOR_CLASSIFIER_REGION_ANALYZER_H_
#define RUBRICATOR_CLASSIFIER_REGION_ANALYZER_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/analysis.h"
#include "classifier/gazetteer.h"
#include "classifier/region_mentions.h"
#include "classifier/region_model.h"
#include "classifier/region_taxonomy.h"
#include "classifier/tokenizer.h"

namespace rubricator {

// Immutable after Load(); const methods may run on many threads at once.
class RegionAnalyzer {
 public:
  // Loads the region files of a bundle folder, whose digests the caller has checked:
  // region-taxonomy.tsv, region-groups.tsv, gazetteer.bin and region-model.bin. Errors: NOT_FOUND a
  // file is missing; DATA_LOSS a binary file is corrupt or of another version; INVALID_ARGUMENT a
  // table is wrong, with file and line.
  static absl::StatusOr<std::unique_ptr<RegionAnalyzer>> Load(const std::filesystem::path& folder);
  ~RegionAnalyzer();

  // The countries of an article given as the tokens of its plain title and plain body: focus
  // countries, main one first, then mentioned ones by falling confidence. Evidence offsets are
  // bytes of the plain title or body, in the order of the text, for at most 64 spans a country.
  // `language` is a BCP 47 primary tag. Empty when no country is found.
  std::vector<Region> Analyze(const TokenizedText& title, std::string_view title_text,
                              const TokenizedText& body, std::string_view body_text,
                              std::string_view language, std::optional<double> published_at,
                              bool with_evidence) const;

  const RegionTaxonomy& taxonomy() const { return *taxonomy_; }
  const Gazetteer& gazetteer() const { return *gazetteer_; }

 private:
  RegionAnalyzer() = default;
  Region Describe(uint8_t country, std::optional<double> published_at) const;
  bool IsNamed(const CountryVerdict& verdict, const std::vector<CountryMention>& mentions) const;

  std::unique_ptr<RegionTaxonomy> taxonomy_;
  std::unique_ptr<Gazetteer> gazetteer_;
  std::unique_ptr<RegionModel> model_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_REGION_ANALYZER_H_
