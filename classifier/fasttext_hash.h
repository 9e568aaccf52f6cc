// How fastText turns words, word pairs and character n-grams into buckets, to the bit.
#ifndef RUBRICATOR_CLASSIFIER_FASTTEXT_HASH_H_
#define RUBRICATOR_CLASSIFIER_FASTTEXT_HASH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rubricator {

inline constexpr std::string_view kFastTextLineEnd =
    "</s>";  // the token that fastText reads at a line's end
inline constexpr uint32_t kFastTextHashBasis = 2166136261u;
inline constexpr uint32_t kFastTextHashPrime = 16777619u;
inline constexpr uint32_t kFingerprintPrime = 0x9E3779B1u;  // 2^32 divided by the golden ratio

// One step of fastText's FNV-1a, whose bytes are signed: 0x80 and above flip the upper 24 bits too.
inline uint32_t ExtendFastTextHash(uint32_t hash, char byte) {
  return (hash ^ static_cast<uint32_t>(static_cast<int8_t>(byte))) * kFastTextHashPrime;
}

inline uint32_t FastTextHash(std::string_view word) {
  uint32_t hash = kFastTextHashBasis;
  for (const char byte : word) hash = ExtendFastTextHash(hash, byte);
  return hash;
}

// fastText's hash of a word, and another one of the same kind that tells apart what fastText's does
// not.
struct WordHashes {
  uint32_t fasttext;
  uint32_t fingerprint;
};

inline WordHashes HashWord(std::string_view word) {
  WordHashes hashes = {.fasttext = kFastTextHashBasis,
                       .fingerprint = static_cast<uint32_t>(word.size())};
  for (const char byte : word) {
    hashes.fasttext = ExtendFastTextHash(hashes.fasttext, byte);
    hashes.fingerprint =
        (hashes.fingerprint ^ static_cast<uint32_t>(static_cast<int8_t>(byte))) * kFingerprintPrime;
  }
  return hashes;
}

// Hash of the bigram of two words, from their hashes, which fastText keeps as signed 32-bit
// numbers. The bucket is the remainder by the number of buckets.
inline uint64_t FastTextPairHash(uint32_t first, uint32_t second) {
  const auto extend = [](uint32_t hash) {
    return static_cast<uint64_t>(static_cast<int64_t>(static_cast<int32_t>(hash)));
  };
  return extend(first) * 116049371u + extend(second);
}

inline bool IsUtf8Continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// Calls emit(hash) for each character n-gram of '<' + word + '>' with min..max characters, in
// fastText's order; the brackets alone are none. Bytes that continue no character belong to the one
// before. None if max is 0.
template <typename Emit>
void ForEachCharNgram(std::string_view word, uint32_t min, uint32_t max, Emit emit) {
  const auto take_rest_of_char = [word](size_t& next, uint32_t& hash) {
    while (next < word.size() && IsUtf8Continuation(word[next])) {
      hash = ExtendFastTextHash(hash, word[next++]);
    }
  };
  // From the n-gram of one character that ends before `next`.
  const auto grow = [&](uint32_t hash, size_t next) {
    for (uint32_t n = 2; n <= max; ++n) {
      const bool is_last = next == word.size();
      hash = ExtendFastTextHash(hash, is_last ? '>' : word[next]);
      if (!is_last) take_rest_of_char(++next, hash);
      if (n >= min) emit(hash);
      if (is_last) return;
    }
  };
  if (max == 0) return;
  size_t next = 0;
  uint32_t hash = ExtendFastTextHash(kFastTextHashBasis, '<');
  take_rest_of_char(next, hash);
  grow(hash, next);
  while (next < word.size()) {
    hash = ExtendFastTextHash(kFastTextHashBasis, word[next++]);
    take_rest_of_char(next, hash);
    if (min <= 1) emit(hash);
    grow(hash, next);
  }
}

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_FASTTEXT_HASH_H_
