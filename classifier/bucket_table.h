// Finds the rows of a compiled model's buckets.
#ifndef RUBRICATOR_CLASSIFIER_BUCKET_TABLE_H_
#define RUBRICATOR_CLASSIFIER_BUCKET_TABLE_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "classifier/compiled_model_layout.h"
#include "classifier/compiled_model_view.h"
#include "classifier/row_block.h"

namespace rubricator {

// value % divisor by multiplications: Barrett's reduction. The divisor is known when the model is
// opened, and a division costs several times as much.
class Remainder {
 public:
  // `divisor` below 2^31; 0 is not to be used.
  explicit Remainder(uint32_t divisor)
      : divisor_(divisor),
        inverse64_(divisor == 0 ? 0 : ~uint64_t{0} / divisor),
        inverse32_(
            divisor == 0 ? 0 : static_cast<uint32_t>((uint64_t{1} << 32) / std::max(divisor, 2u))) {
  }

  uint32_t Of(uint64_t value) const {
    const auto quotient =
        static_cast<uint64_t>(static_cast<unsigned __int128>(value) * inverse64_ >> 64);
    const uint64_t rest = value - quotient * divisor_;  // the quotient is right or one too small
    return static_cast<uint32_t>(rest >= divisor_ ? rest - divisor_ : rest);
  }

  // Of `count` numbers in place, several at once.
  [[gnu::always_inline]] inline void OfAll(uint32_t* values, size_t count) const {
    const uint32_t divisor = divisor_;
    const uint64_t inverse = inverse32_;
    if (divisor == 1) std::fill_n(values, count, 0);
    for (size_t i = 0; i < count; ++i) {
      const auto quotient = static_cast<uint32_t>(values[i] * inverse >> 32);
      const uint32_t rest = values[i] - quotient * divisor;
      values[i] = std::min(rest, rest - divisor);
    }
  }

 private:
  uint32_t divisor_;
  uint64_t inverse64_;
  uint32_t inverse32_;
};

// Borrows the file's bytes. What they hold is not trusted: a row beyond the block is no row.
class BucketTable {
 public:
  explicit BucketTable(const CompiledModelView& view)
      : remainder_(view.header->bucket_count), index_(view.bucket_index), rows_(view.bucket_rows) {}

  // The bucket of fastText's hash of a bigram. Only for models that have buckets, like all of
  // these.
  uint32_t BucketOf(uint64_t hash) const { return remainder_.Of(hash); }

  // The buckets of the hashes of subwords, in place.
  [[gnu::always_inline]] inline void BucketsOf(uint32_t* hashes, size_t count) const {
    remainder_.OfAll(hashes, count);
  }

  // Asks the memory for what RowOf() is going to read.
  [[gnu::always_inline]] void PrefetchIndex(uint32_t bucket) const {
    if (!index_.empty()) __builtin_prefetch(&index_[bucket / 64]);
  }

  // The row of a bucket of BucketOf(), or kNoRow.
  uint32_t RowOf(uint32_t bucket) const {
    uint32_t row = 0;
    return Find(bucket, row) ? row : compiled_model::kNoRow;
  }

  // Whether the bucket has a row; if not, `row` is anything.
  bool Find(uint32_t bucket, uint32_t& row) const {
    if (index_.empty()) {
      row = bucket;
      return bucket < rows_.count;
    }
    const compiled_model::BucketRun& run = index_[bucket / 64];
    const uint64_t before = run.present & ((uint64_t{1} << bucket % 64) - 1);
    row = run.rank + static_cast<uint32_t>(std::popcount(before));
    return ((run.present >> bucket % 64 & 1) != 0) & (row < rows_.count);
  }

  const RowBlock& rows() const { return rows_; }

 private:
  Remainder remainder_;
  std::span<const compiled_model::BucketRun> index_;
  RowBlock rows_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_BUCKET_TABLE_H_
