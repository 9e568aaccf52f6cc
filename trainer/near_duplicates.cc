#include "trainer/near_duplicates.h"

#include <algorithm>
#include <array>

namespace rubricator {
namespace {

constexpr size_t kHashes = 12;
constexpr size_t kShingleWords = 3;

uint64_t Mix(uint64_t x) {  // splitmix64
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

uint64_t HashWord(std::string_view word) {
  uint64_t hash = 14695981039346656037u;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

}  // namespace

std::vector<uint64_t> DuplicateBands(const std::vector<std::string_view>& words) {
  std::array<uint64_t, kHashes> least;
  least.fill(~uint64_t{0});
  if (words.empty()) return {};
  const size_t shingles = words.size() < kShingleWords ? 1 : words.size() - kShingleWords + 1;
  for (size_t i = 0; i < shingles; ++i) {
    uint64_t shingle = 0;
    for (size_t j = i; j < std::min(i + kShingleWords, words.size()); ++j) shingle = Mix(shingle ^ HashWord(words[j]));
    for (size_t h = 0; h < kHashes; ++h) least[h] = std::min(least[h], Mix(shingle + h));
  }
  std::vector<uint64_t> bands;
  for (size_t h = 0; h < kHashes; h += 2) bands.push_back(Mix(least[h] ^ Mix(least[h + 1] + h)));
  return bands;
}

void NearDuplicates::Add(const std::vector<std::string_view>& words, uint64_t key) {
  const auto text = static_cast<uint32_t>(parents_.size());
  parents_.push_back(text);
  if (key != 0) bands_.push_back({Mix(key), text});
  for (const uint64_t band : DuplicateBands(words)) bands_.push_back({band, text});
}

uint32_t NearDuplicates::Root(uint32_t text) {
  while (parents_[text] != text) text = parents_[text] = parents_[parents_[text]];
  return text;
}

std::vector<uint64_t> NearDuplicates::Groups() {
  std::sort(bands_.begin(), bands_.end(), [](const Band& a, const Band& b) {
    return a.value != b.value ? a.value < b.value : a.text < b.text;
  });
  for (size_t i = 1; i < bands_.size(); ++i) {
    if (bands_[i].value != bands_[i - 1].value) continue;
    const uint32_t a = Root(bands_[i - 1].text);
    const uint32_t b = Root(bands_[i].text);
    parents_[std::max(a, b)] = std::min(a, b);
  }
  std::vector<uint64_t> groups;
  for (uint32_t text = 0; text < parents_.size(); ++text) groups.push_back(Root(text));
  return groups;
}

}  // namespace rubricator
