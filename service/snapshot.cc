#include "service/snapshot.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "classifier/status_macros.h"

namespace rubricator {
namespace {

// What answers without a routing file: sure articles go to one desk, unsure ones to the other.
constexpr char kBuiltInRules[] = R"yaml(
desks:
  - id: news
    name: {en: News, ru: Новости}
  - id: review
    name: {en: To be reviewed, ru: На проверку}
fallback: {desk: news}
low_confidence: {desk: review, below: 0}
)yaml";

RoutingVocabulary VocabularyOf(const Classifier& classifier) {
  const RegionTaxonomy& regions = classifier.region_taxonomy();
  const auto ids = [&regions](RegionTaxonomy::Kind kind) {
    const std::vector<std::string> all = regions.Ids(kind);
    return std::set<std::string>(all.begin(), all.end());
  };
  RoutingVocabulary vocabulary{.topics = {},
                               .countries = ids(RegionTaxonomy::Kind::kCountry),
                               .areas = ids(RegionTaxonomy::Kind::kArea),
                               .groups = ids(RegionTaxonomy::Kind::kGroup)};
  for (const TopicLabel& label : classifier.manifest().topics) vocabulary.topics.insert(label.id);
  return vocabulary;
}

absl::StatusOr<RoutingRules> ReadRouting(const std::filesystem::path& file,
                                         const RoutingVocabulary& vocabulary) {
  return file.empty() ? RoutingRules::Parse(kBuiltInRules, "built-in rules", vocabulary)
                      : RoutingRules::Load(file, vocabulary);
}

}  // namespace

std::string ReadModelCard(const std::filesystem::path& folder) {
  std::ifstream file(folder / "MODEL_CARD.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Snapshot::Snapshot(std::shared_ptr<const Classifier> classifier, RoutingVocabulary vocabulary,
                   RoutingRules routing, std::string model_card)
    : classifier_(std::move(classifier)),
      vocabulary_(std::move(vocabulary)),
      routing_(std::move(routing)),
      model_card_(std::move(model_card)) {}

absl::StatusOr<std::shared_ptr<const Snapshot>> Snapshot::Load(const SnapshotSource& source) {
  ASSIGN_OR_RETURN(std::unique_ptr<const Classifier> classifier,
                   Classifier::Load(source.model_dir, source.limits));
  RoutingVocabulary vocabulary = VocabularyOf(*classifier);
  ASSIGN_OR_RETURN(RoutingRules routing, ReadRouting(source.routing_file, vocabulary));
  return std::shared_ptr<const Snapshot>(new Snapshot(std::move(classifier), std::move(vocabulary),
                                                      std::move(routing),
                                                      ReadModelCard(source.model_dir)));
}

absl::StatusOr<std::shared_ptr<const Snapshot>> Snapshot::WithRouting(
    const std::filesystem::path& routing_file) const {
  ASSIGN_OR_RETURN(RoutingRules routing, ReadRouting(routing_file, vocabulary_));
  return std::shared_ptr<const Snapshot>(
      new Snapshot(classifier_, vocabulary_, std::move(routing), model_card_));
}

absl::StatusOr<std::shared_ptr<const Snapshot>> LiveSnapshot::Get() const {
  const std::lock_guard lock(mutex_);
  if (snapshot_ == nullptr) return absl::UnavailableError("the model is still loading");
  return snapshot_;
}

std::shared_ptr<const Snapshot> LiveSnapshot::Set(std::shared_ptr<const Snapshot> snapshot) {
  const std::lock_guard lock(mutex_);
  snapshot_.swap(snapshot);
  return snapshot;
}

}  // namespace rubricator
