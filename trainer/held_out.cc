#include "trainer/held_out.h"

#include <algorithm>

#include "trainer/near_duplicates.h"

namespace rubricator {

void HeldOutArticles::Add(const LabelledArticle& article) {
  ++articles_;
  if (!article.id.empty()) ids_.insert(article.id);
  for (const uint64_t band : DuplicateBands(words_.Read(article))) bands_.insert(band);
}

bool HeldOutArticles::Cover(const LabelledArticle& article) {
  if (articles_ == 0) return false;
  if (!article.id.empty() && ids_.count(article.id) > 0) return true;
  const std::vector<uint64_t> bands = DuplicateBands(words_.Read(article));
  return std::any_of(bands.begin(), bands.end(), [&](uint64_t band) { return bands_.count(band) > 0; });
}

}  // namespace rubricator
