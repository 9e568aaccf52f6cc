#include "trainer/label_choice.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "classifier/status_macros.h"
#include "trainer/taxonomy_file.h"

namespace rubricator {
namespace {

constexpr size_t kMaxNamed = 100;  // labels in one message

std::string Name(std::vector<std::pair<std::string, size_t>> counts) {
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  const size_t left_out = counts.size() - std::min(counts.size(), kMaxNamed);
  counts.resize(counts.size() - left_out);
  const auto write = [](std::string* out, const auto& item) {
    absl::StrAppend(out, item.first, " (", item.second, ")");
  };
  return absl::StrCat(absl::StrJoin(counts, ", ", write),
                      left_out == 0 ? "" : absl::StrCat(" and ", left_out, " more"));
}

std::vector<TopicLabel> OfOnesOwn(const std::map<std::string, size_t>& counts) {
  std::vector<TopicLabel> labels;
  for (const auto& [id, count] : counts) {
    TopicLabel& label = labels.emplace_back();
    label.id = id;
    label.names = {{"en", id}};
  }
  return labels;
}

absl::StatusOr<std::vector<TopicLabel>> OfTaxonomy(const std::map<std::string, size_t>& counts,
                                                   const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(std::vector<TopicLabel> labels, ReadTaxonomy(path));
  std::vector<std::pair<std::string, size_t>> unknown(counts.begin(), counts.end());
  std::erase_if(unknown, [&](const auto& item) {
    return std::any_of(labels.begin(), labels.end(),
                       [&](const TopicLabel& label) { return label.id == item.first; });
  });
  if (!unknown.empty()) {
    std::fprintf(stderr, "labels that %s has not, left out: %s\n", path.c_str(),
                 Name(unknown).c_str());
  }
  return labels;
}

}  // namespace

absl::StatusOr<std::vector<TopicLabel>> ChooseLabels(
    const std::map<std::string, size_t>& article_counts, const LabelChoice& choice) {
  if (!choice.taxonomy.empty()) return OfTaxonomy(article_counts, choice.taxonomy);
  std::map<std::string, size_t> kept = article_counts;
  std::vector<std::pair<std::string, size_t>> rare;
  std::copy_if(kept.begin(), kept.end(), std::back_inserter(rare),
               [&](const auto& item) { return item.second < choice.min_articles; });
  if (rare.empty()) return OfOnesOwn(kept);
  if (!choice.drops_rare) {
    return absl::InvalidArgumentError(absl::StrCat(
        rare.size(), " labels have fewer than ", choice.min_articles, " articles: ", Name(rare),
        "; merge or drop them by --map-labels, leave them out by --drop-rare, or lower "
        "--min-articles"));
  }
  std::fprintf(stderr, "labels with fewer than %zu articles, left out: %s\n", choice.min_articles,
               Name(rare).c_str());
  std::erase_if(kept, [&](const auto& item) { return item.second < choice.min_articles; });
  return OfOnesOwn(kept);
}

}  // namespace rubricator
