// Rows of a compiled model in memory, and sums of them.
//
// Everything here is inlined into functions that are compiled once for each instruction set
// (block_scorer.cc). The sums are the same floats in each: no copy changes the order of additions.
#ifndef RUBRICATOR_CLASSIFIER_ROW_BLOCK_H_
#define RUBRICATOR_CLASSIFIER_ROW_BLOCK_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "classifier/compiled_model_layout.h"
#include "classifier/float16.h"
#include "classifier/row_block_avx2.h"

namespace rubricator {

enum class InstructionSet {
  kBaseline,  // any CPU of the platform
  kAvx2,      // x86-64-v3 without FMA, which would round once less often
};

// Borrows the rows.
struct RowBlock {
  compiled_model::RowEncoding encoding = compiled_model::RowEncoding::kFloat32;
  uint32_t count = 0;
  uint32_t stride = 0;              // columns, a multiple of kRowColumns
  uint32_t row_bytes = 0;           // RowBytes(encoding, stride)
  const std::byte* rows = nullptr;  // `count` rows of `row_bytes`, aligned as their numbers are
  const float* codebook = nullptr;  // kCodebook8: [stride][256]; kQuadratic8: [2][stride]
};

// Asks the memory for a row that is going to be used. `row` must be < block.count. (Always inline,
// like every function that only prefetches: GCC 12 takes such a function for one without an effect
// and drops calls of it.)
[[gnu::always_inline]] inline void PrefetchRow(const RowBlock& block, uint32_t row) {
  __builtin_prefetch(block.rows + static_cast<size_t>(row) * block.row_bytes);
}

// Adds kColumns columns of one row, from `column` on, to `sum`.
template <compiled_model::RowEncoding kEncoding, uint32_t kColumns>
[[gnu::always_inline]] inline void AddColumns(const RowBlock& block, uint32_t row, uint32_t column,
                                              float* __restrict sum) {
  using compiled_model::RowEncoding;
  const size_t first = static_cast<size_t>(row) * block.stride + column;
  if constexpr (kEncoding == RowEncoding::kFloat32) {
    const float* values = reinterpret_cast<const float*>(block.rows) + first;
    for (uint32_t i = 0; i < kColumns; ++i) sum[i] += values[i];
  } else if constexpr (kEncoding == RowEncoding::kFloat16) {
    const uint16_t* values = reinterpret_cast<const uint16_t*>(block.rows) + first;
    for (uint32_t i = 0; i < kColumns; ++i) sum[i] += FromFloat16(values[i]);
  } else if constexpr (kEncoding == RowEncoding::kCodebook8) {
    const auto* codes = reinterpret_cast<const uint8_t*>(block.rows) + first;
    const float* codebook = block.codebook + static_cast<size_t>(column) * compiled_model::kCodes;
    for (uint32_t i = 0; i < kColumns; ++i) {
      sum[i] += codebook[i * compiled_model::kCodes + codes[i]];
    }
  } else {
    const auto* codes = reinterpret_cast<const int8_t*>(block.rows) + first;
    const float* linear = block.codebook + column;
    const float* curvature = linear + block.stride;
    for (uint32_t i = 0; i < kColumns; ++i) {
      sum[i] += compiled_model::QuadraticLevel(codes[i], linear[i], curvature[i]);
    }
  }
}

template <compiled_model::RowEncoding kEncoding, uint32_t kColumns>
[[gnu::always_inline]] inline void SumColumns(const RowBlock& block, std::span<const uint32_t> rows,
                                              bool from_zero, float* out) {
  for (uint32_t column = 0; column < block.stride; column += kColumns) {
    float sum[kColumns];
    for (uint32_t i = 0; i < kColumns; ++i) sum[i] = from_zero ? 0.0f : out[column + i];
    for (const uint32_t row : rows) AddColumns<kEncoding, kColumns>(block, row, column, sum);
    for (uint32_t i = 0; i < kColumns; ++i) out[column + i] = sum[i];
  }
}

template <compiled_model::RowEncoding kEncoding>
[[gnu::always_inline]] inline void SumRowsOf(const RowBlock& block, std::span<const uint32_t> rows,
                                             bool from_zero, float* out) {
  constexpr uint32_t kWide = 2 * compiled_model::kRowColumns;
  if (block.stride % kWide == 0) {
    SumColumns<kEncoding, kWide>(block, rows, from_zero, out);
  } else {
    SumColumns<kEncoding, compiled_model::kRowColumns>(block, rows, from_zero, out);
  }
}

#if defined(__x86_64__)
inline QuadraticRows QuadraticOf(const RowBlock& block) {
  return {.stride = block.stride,
          .codes = reinterpret_cast<const int8_t*>(block.rows),
          .linear = block.codebook,
          .curvature = block.codebook + block.stride};
}
#endif

template <InstructionSet kSet>
[[gnu::always_inline]] inline void SumRows(const RowBlock& block, std::span<const uint32_t> rows,
                                           bool from_zero, float* out) {
  using compiled_model::RowEncoding;
  switch (block.encoding) {
    case RowEncoding::kFloat32:
      return SumRowsOf<RowEncoding::kFloat32>(block, rows, from_zero, out);
    case RowEncoding::kFloat16:
      return SumRowsOf<RowEncoding::kFloat16>(block, rows, from_zero, out);
    case RowEncoding::kCodebook8:
      return SumRowsOf<RowEncoding::kCodebook8>(block, rows, from_zero, out);
    case RowEncoding::kQuadratic8:
#if defined(__x86_64__)
      if constexpr (kSet == InstructionSet::kAvx2) {
        return SumQuadraticAvx2(QuadraticOf(block), rows, from_zero, out);
      }
#endif
      return SumRowsOf<RowEncoding::kQuadratic8>(block, rows, from_zero, out);
  }
}

// out[0, stride) = the row, or zeros if it is not there. `row` must be < block.count if it is.
template <InstructionSet kSet>
[[gnu::always_inline]] inline void StoreRow(const RowBlock& block, uint32_t row, bool is_there,
                                            float* out) {
#if defined(__x86_64__)
  if (kSet == InstructionSet::kAvx2 && block.encoding == compiled_model::RowEncoding::kQuadratic8 &&
      block.count > 0) {
    return StoreQuadraticAvx2(QuadraticOf(block), row & (0u - static_cast<uint32_t>(is_there)),
                              is_there, out);
  }
#endif
  SumRows<kSet>(block, std::span(&row, is_there ? 1 : 0), /*from_zero=*/true, out);
}

// out[0, stride) += the sum of the rows. Each must be < block.count.
template <InstructionSet kSet>
[[gnu::always_inline]] inline void AddRows(const RowBlock& block, std::span<const uint32_t> rows,
                                           float* out) {
  SumRows<kSet>(block, rows, /*from_zero=*/false, out);
}

// out[i] += the row's column i, for as many columns as `out` has, at most the stride. `row` must be
// < block.count.
inline void AddRowTo(const RowBlock& block, uint32_t row, std::span<float> out) {
  using compiled_model::RowEncoding;
  constexpr uint32_t kColumns = compiled_model::kRowColumns;
  for (uint32_t column = 0; column < out.size(); column += kColumns) {
    std::array<float, kColumns> sum = {};
    switch (block.encoding) {
      case RowEncoding::kFloat32:
        AddColumns<RowEncoding::kFloat32, kColumns>(block, row, column, sum.data());
        break;
      case RowEncoding::kFloat16:
        AddColumns<RowEncoding::kFloat16, kColumns>(block, row, column, sum.data());
        break;
      case RowEncoding::kCodebook8:
        AddColumns<RowEncoding::kCodebook8, kColumns>(block, row, column, sum.data());
        break;
      case RowEncoding::kQuadratic8:
        AddColumns<RowEncoding::kQuadratic8, kColumns>(block, row, column, sum.data());
        break;
    }
    const size_t columns = std::min<size_t>(kColumns, out.size() - column);
    for (size_t i = 0; i < columns; ++i) out[column + i] += sum[i];
  }
}

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_ROW_BLOCK_H_
