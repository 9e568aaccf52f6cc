#include "trainer/held_out.h"

#include <algorithm>

namespace rubricator {

void HeldOutArticles::Add(const LabelledArticle& article) {
  if (!article.id.empty()) ids_.insert(article.id);
  signatures_.push_back(SignatureOf(words_.Read(article)));
  for (const uint64_t band : BandsOf(signatures_.back()))
    bands_.emplace(band, signatures_.size() - 1);
}

bool HeldOutArticles::Cover(const LabelledArticle& article) {
  if (empty()) return false;
  if (!article.id.empty() && ids_.count(article.id) > 0) return true;
  const TextSignature signature = SignatureOf(words_.Read(article));
  const std::array<uint64_t, 6> bands = BandsOf(signature);
  return std::any_of(bands.begin(), bands.end(), [&](uint64_t band) {
    const auto [begin, end] = bands_.equal_range(band);
    return std::any_of(begin, end, [&](const auto& item) {
      return AreNearDuplicates(signature, signatures_[item.second]);
    });
  });
}

}  // namespace rubricator
