// The file of a compiled topic model: what the trainer writes and CompiledTopicModel maps.
//
//   FileHeader | section | section | ...
//
// Numbers are little-endian. Every section begins at a multiple of kSectionAlignment; gaps are
// zeros. The order of sections is free, their places are in the header.
//
//   kLabels       label_count times: uint32 size, then the name's bytes
//   kSlots        slot_count WordSlots: the open-addressing table of the dictionary
//   kWordRows     word_count rows in word_encoding: the word's own row and its subwords',
//   summed kBucketRows   bucket_row_count rows in bucket_encoding: subwords and bigrams
//   kBucketIndex  empty if every bucket has its row; else one BucketRun for each 64 buckets
//   kCodebook     kCodebook8: [stride][256] float32; kQuadratic8: [2][stride] float32; else empty
//
// A row has `stride` columns: one for each label, then zeros up to a multiple of kRowColumns.
#ifndef RUBRICATOR_CLASSIFIER_COMPILED_MODEL_LAYOUT_H_
#define RUBRICATOR_CLASSIFIER_COMPILED_MODEL_LAYOUT_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace rubricator::compiled_model {

static_assert(std::endian::native == std::endian::little, "the file is mapped as it is");

inline constexpr std::array<char, 8> kMagic = {'R', 'B', 'R', 'T', 'O', 'P', 'I', 'C'};
inline constexpr uint32_t kLayoutVersion = 2;
inline constexpr size_t kSectionAlignment = 64;  // a cache line
inline constexpr uint32_t kRowColumns = 8;       // floats in an AVX register
inline constexpr uint32_t kNoRow = 0xFFFFFFFF;
inline constexpr uint32_t kCodes = 256;
inline constexpr uint32_t kMaxLabels = 65535;

enum class RowEncoding : uint32_t {
  kFloat32 = 0,
  kFloat16 = 1,     // IEEE 754 binary16, finite
  kCodebook8 = 2,   // one byte a column, an index into the column's 256 floats
  kQuadratic8 = 3,  // one signed byte a column: QuadraticLevel() of the column's two floats
};

enum class Link : uint32_t { kSigmoid = 0, kSoftmax = 1 };

enum Section : uint32_t {
  kLabels,
  kSlots,
  kWordRows,
  kBucketRows,
  kBucketIndex,
  kCodebook,
  kSectionCount
};

struct SectionPlace {
  uint64_t offset;  // from the beginning of the file
  uint64_t bytes;
};

struct FileHeader {
  std::array<char, 8> magic;
  uint32_t layout_version;
  uint32_t header_bytes;  // sizeof(FileHeader)
  uint64_t file_bytes;
  std::array<uint8_t, 32> sha256;  // of all bytes after the header
  Link link;
  uint32_t label_count;  // 1..kMaxLabels
  uint32_t stride;       // label_count, rounded up to a multiple of kRowColumns
  uint32_t word_ngrams;  // 1 or 2
  uint32_t min_char_ngram;
  uint32_t max_char_ngram;  // 0: no subwords
  uint32_t bucket_count;    // fastText's; 0 if there are neither subwords nor bigrams
  uint32_t bucket_row_count;
  uint32_t word_count;        // words with a row, the line end among them
  uint32_t slot_count;        // a power of two
  uint32_t max_probes;        // slots looked at before a word is known to be missing
  uint32_t end_row;           // the line end's row in kWordRows, or kNoRow
  RowEncoding word_encoding;  // kFloat32 or kFloat16
  RowEncoding bucket_encoding;
  std::array<SectionPlace, kSectionCount> sections;
};
static_assert(sizeof(FileHeader) == 208);

// A word of the dictionary, known by its size and two hashes: that another word has all 80 bits in
// common is not to be expected, and would do no harm beyond its score. Empty if row is kNoRow.
struct WordSlot {
  uint32_t hash;         // HashWord()'s
  uint32_t fingerprint;  // likewise
  uint32_t row;          // in kWordRows
  uint16_t word_bytes;   // the word's size, modulo 2^16
  uint16_t row_count;    // rows that fastText adds up for the word
};
static_assert(sizeof(WordSlot) == 16);

// Which of 64 buckets have a row; bucket rows are in the order of their buckets.
struct BucketRun {
  uint64_t present;  // bit i: bucket 64·run + i
  uint32_t rank;     // rows of all buckets before the run
  uint32_t reserved;
};
static_assert(sizeof(BucketRun) == 16);

// The slot where looking for a hash begins; the search goes on upwards and wraps around.
inline uint32_t FirstSlot(uint32_t hash, uint32_t slot_count) {
  const uint32_t mixed =
      hash * 0x9E3779B1u;  // Fibonacci hashing: FNV's low bits alone repeat on short words
  return (mixed ^ (mixed >> 15)) & (slot_count - 1);
}

// What a code of kQuadratic8 stands for: levels that lie the wider apart the farther they are from
// zero, as trained weights do, for a few instructions and no table.
inline float QuadraticLevel(float code, float linear, float curvature) {
  return code * (linear + curvature * __builtin_fabsf(code));
}

constexpr uint32_t StrideOf(uint32_t label_count) {
  return (label_count + kRowColumns - 1) / kRowColumns * kRowColumns;
}

constexpr size_t RowBytes(RowEncoding encoding, uint32_t stride) {
  switch (encoding) {
    case RowEncoding::kFloat32:
      return size_t{4} * stride;
    case RowEncoding::kFloat16:
      return size_t{2} * stride;
    case RowEncoding::kCodebook8:
    case RowEncoding::kQuadratic8:
      return stride;
  }
  return 0;
}

// Of the section kCodebook.
constexpr size_t CodebookBytes(RowEncoding encoding, uint32_t stride) {
  if (encoding == RowEncoding::kCodebook8) return size_t{kCodes} * stride * sizeof(float);
  return encoding == RowEncoding::kQuadratic8 ? size_t{2} * stride * sizeof(float) : 0;
}

}  // namespace rubricator::compiled_model

#endif  // RUBRICATOR_CLASSIFIER_COMPILED_MODEL_LAYOUT_H_
