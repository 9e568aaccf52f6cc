#include "classifier/row_kernels.h"

#include <algorithm>
#include <array>
#include <bit>

namespace rubricator {
namespace {

using compiled_model::kCodes;
using compiled_model::kRowColumns;
using compiled_model::RowEncoding;

// The templates below are inlined into one function for each instruction set, and vectorised there.

[[gnu::always_inline]] inline float WidenHalf(uint16_t half) {
  // The exponent's bias differs by 112: a multiplication that also turns subnormal halves into normal floats.
  const float magnitude = std::bit_cast<float>((half & 0x7FFFu) << 13) * 0x1p112f;
  return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | (half & 0x8000u) << 16);
}

// Adds kRowColumns columns of one row, from `column` on, to `sum`.
template <RowEncoding kEncoding>
[[gnu::always_inline]] inline void AddColumns(const RowBlock& block, uint32_t row, uint32_t column,
                                              float* __restrict sum) {
  const size_t first = static_cast<size_t>(row) * block.stride + column;
  if constexpr (kEncoding == RowEncoding::kFloat32) {
    const float* values = reinterpret_cast<const float*>(block.rows) + first;
    for (uint32_t i = 0; i < kRowColumns; ++i) sum[i] += values[i];
  } else if constexpr (kEncoding == RowEncoding::kFloat16) {
    const uint16_t* values = reinterpret_cast<const uint16_t*>(block.rows) + first;
    for (uint32_t i = 0; i < kRowColumns; ++i) sum[i] += WidenHalf(values[i]);
  } else {
    const auto* codes = reinterpret_cast<const uint8_t*>(block.rows) + first;
    const float* codebook = block.codebook + static_cast<size_t>(column) * kCodes;
    for (uint32_t i = 0; i < kRowColumns; ++i) sum[i] += codebook[i * kCodes + codes[i]];
  }
}

template <RowEncoding kEncoding>
[[gnu::always_inline]] inline void AddRows(const RowBlock& block, const uint32_t* rows, size_t row_count,
                                           bool from_zero, float* out) {
  for (uint32_t column = 0; column < block.stride; column += kRowColumns) {
    float sum[kRowColumns];
    for (uint32_t i = 0; i < kRowColumns; ++i) sum[i] = from_zero ? 0.0f : out[column + i];
    for (size_t i = 0; i < row_count; ++i) AddColumns<kEncoding>(block, rows[i], column, sum);
    for (uint32_t i = 0; i < kRowColumns; ++i) out[column + i] = sum[i];
  }
}

[[gnu::always_inline]] inline void AddAnyRows(const RowBlock& block, const uint32_t* rows, size_t row_count,
                                              bool from_zero, float* out) {
  switch (block.encoding) {
    case RowEncoding::kFloat32:
      return AddRows<RowEncoding::kFloat32>(block, rows, row_count, from_zero, out);
    case RowEncoding::kFloat16:
      return AddRows<RowEncoding::kFloat16>(block, rows, row_count, from_zero, out);
    case RowEncoding::kCodebook8:
      return AddRows<RowEncoding::kCodebook8>(block, rows, row_count, from_zero, out);
  }
}

void StoreBaseline(const RowBlock& block, uint32_t row, float* out) {
  AddAnyRows(block, &row, 1, true, out);
}
void AddBaseline(const RowBlock& block, const uint32_t* rows, size_t row_count, float* out) {
  AddAnyRows(block, rows, row_count, false, out);
}
constexpr RowKernels kBaseline = {StoreBaseline, AddBaseline, "baseline"};

#if defined(__x86_64__)
__attribute__((target("avx2"))) void StoreAvx2(const RowBlock& block, uint32_t row, float* out) {
  AddAnyRows(block, &row, 1, true, out);
}
__attribute__((target("avx2"))) void AddAvx2(const RowBlock& block, const uint32_t* rows, size_t row_count,
                                             float* out) {
  AddAnyRows(block, rows, row_count, false, out);
}
constexpr RowKernels kAvx2 = {StoreAvx2, AddAvx2, "avx2"};
#endif

}  // namespace

const RowKernels& BaselineRowKernels() { return kBaseline; }

const RowKernels& BestRowKernels() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return kAvx2;
#endif
  return kBaseline;
}

void AddRowTo(const RowBlock& block, uint32_t row, std::span<float> out) {
  for (uint32_t column = 0; column < out.size(); column += kRowColumns) {
    std::array<float, kRowColumns> sum = {};
    switch (block.encoding) {
      case RowEncoding::kFloat32:
        AddColumns<RowEncoding::kFloat32>(block, row, column, sum.data());
        break;
      case RowEncoding::kFloat16:
        AddColumns<RowEncoding::kFloat16>(block, row, column, sum.data());
        break;
      case RowEncoding::kCodebook8:
        AddColumns<RowEncoding::kCodebook8>(block, row, column, sum.data());
        break;
    }
    const size_t columns = std::min<size_t>(kRowColumns, out.size() - column);
    for (size_t i = 0; i < columns; ++i) out[column + i] += sum[i];
  }
}

float FromFloat16(uint16_t half) { return WidenHalf(half); }

uint16_t ToFloat16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const auto sign = static_cast<uint16_t>(bits >> 16 & 0x8000u);
  const uint32_t magnitude = bits & 0x7FFFFFFFu;
  if (magnitude >= 0x477FF000u) return sign | 0x7C00u;  // 65520 and beyond, and NaN
  if (magnitude < 0x38800000u) {                        // subnormal half: adding 0.5 rounds in the unit 2^-24
    const uint32_t rounded = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + 0.5f);
    return sign | static_cast<uint16_t>(rounded - 0x3F000000u);
  }
  const uint32_t to_even = 0xFFFu + (magnitude >> 13 & 1u);
  return sign | static_cast<uint16_t>((magnitude + to_even - 0x38000000u) >> 13);
}

}  // namespace rubricator
