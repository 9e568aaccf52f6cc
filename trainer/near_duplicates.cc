#include "trainer/near_duplicates.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace rubricator {
namespace {

constexpr size_t kHashes = std::tuple_size_v<TextSignature>;
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

TextSignature SignatureOf(const std::vector<std::string_view>& words) {
  TextSignature signature = {};
  if (words.empty()) return signature;
  std::array<uint64_t, kHashes> least;
  least.fill(~uint64_t{0});
  const size_t shingles = words.size() < kShingleWords ? 1 : words.size() - kShingleWords + 1;
  for (size_t i = 0; i < shingles; ++i) {
    uint64_t shingle = 0;
    for (size_t j = i; j < std::min(i + kShingleWords, words.size()); ++j)
      shingle = Mix(shingle ^ HashWord(words[j]));
    for (size_t h = 0; h < kHashes; ++h) least[h] = std::min(least[h], Mix(shingle + h));
  }
  for (size_t h = 0; h < kHashes; ++h)
    signature[h] = static_cast<uint32_t>(least[h]) | 1;  // 0 is for no words
  return signature;
}

std::array<uint64_t, 6> BandsOf(const TextSignature& signature) {
  std::array<uint64_t, 6> bands;
  for (size_t i = 0; i < bands.size(); ++i)
    bands[i] = Mix(signature[2 * i] ^ Mix(signature[2 * i + 1] + i));
  return bands;
}

bool AreNearDuplicates(const TextSignature& a, const TextSignature& b) {
  size_t agreeing = 0;
  for (size_t h = 0; h < kHashes; ++h) agreeing += a[h] == b[h] && a[h] != 0 ? 1 : 0;
  return agreeing >= kHashes / 2;
}

void NearDuplicates::Add(const std::vector<std::string_view>& words, uint64_t key) {
  const auto text = static_cast<uint32_t>(parents_.size());
  parents_.push_back(text);
  signatures_.push_back(SignatureOf(words));
  if (key != 0) bands_.push_back({Mix(key), text, true});
  if (words.empty()) return;
  for (const uint64_t band : BandsOf(signatures_.back())) bands_.push_back({band, text, false});
}

uint32_t NearDuplicates::Root(uint32_t text) {
  while (parents_[text] != text) text = parents_[text] = parents_[parents_[text]];
  return text;
}

void NearDuplicates::Join(uint32_t a, uint32_t b) {
  a = Root(a);
  b = Root(b);
  parents_[std::max(a, b)] = std::min(a, b);
}

std::vector<uint64_t> NearDuplicates::Groups() {
  std::sort(bands_.begin(), bands_.end(), [](const Band& a, const Band& b) {
    return a.value != b.value ? a.value < b.value : a.text < b.text;
  });
  size_t first = 0;  // of the run of equal bands
  for (size_t i = 1; i < bands_.size(); ++i) {
    if (bands_[i].value != bands_[i - 1].value) first = i;
    for (const size_t other : {i - 1, first}) {
      if (other < first || other == i) continue;
      const uint32_t a = bands_[other].text;
      const uint32_t b = bands_[i].text;
      if (bands_[i].is_key || AreNearDuplicates(signatures_[a], signatures_[b])) Join(a, b);
    }
  }
  std::vector<uint64_t> groups;
  for (uint32_t text = 0; text < parents_.size(); ++text) groups.push_back(Root(text));
  return groups;
}

}  // namespace rubricator
