// The rows of kQuadratic8 in AVX2: GCC 12 does not vectorise the way from signed bytes to floats.
#ifndef RUBRICATOR_CLASSIFIER_ROW_BLOCK_AVX2_H_
#define RUBRICATOR_CLASSIFIER_ROW_BLOCK_AVX2_H_

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace rubricator {

// Borrows the numbers of a RowBlock.
struct QuadraticRows {
  uint32_t stride;         // columns, a multiple of 8
  const int8_t* codes;     // [rows][stride]
  const float* linear;     // [stride]
  const float* curvature;  // [stride]
};

// Eight columns' codes, as QuadraticLevel().
struct QuadraticColumnsAvx2 {
  __m256 linear;
  __m256 curvature;

  __attribute__((target("avx2"), always_inline)) static inline QuadraticColumnsAvx2 Load(
      const QuadraticRows& rows, uint32_t column) {
    return {_mm256_loadu_ps(rows.linear + column), _mm256_loadu_ps(rows.curvature + column)};
  }
  __attribute__((target("avx2"), always_inline)) inline __m256 Levels(const int8_t* codes) const {
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(codes));
    const __m256 code = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
    const __m256 size = _mm256_andnot_ps(_mm256_set1_ps(-0.0f), code);
    return _mm256_mul_ps(code, _mm256_add_ps(linear, _mm256_mul_ps(curvature, size)));
  }
};

// out[column, column + 8·kVectors) = the sum of the rows, or adds it.
template <uint32_t kVectors>
__attribute__((target("avx2"), always_inline)) inline void SumQuadraticColumnsAvx2(
    const QuadraticRows& all, std::span<const uint32_t> rows, bool from_zero, uint32_t column,
    float* out) {
  QuadraticColumnsAvx2 columns[kVectors];
  __m256 sum[kVectors];
  for (uint32_t i = 0; i < kVectors; ++i) {
    columns[i] = QuadraticColumnsAvx2::Load(all, column + 8 * i);
    sum[i] = from_zero ? _mm256_setzero_ps() : _mm256_loadu_ps(out + column + 8 * i);
  }
  for (const uint32_t row : rows) {
    const int8_t* codes = all.codes + static_cast<size_t>(row) * all.stride + column;
    for (uint32_t i = 0; i < kVectors; ++i)
      sum[i] = _mm256_add_ps(sum[i], columns[i].Levels(codes + 8 * i));
  }
  for (uint32_t i = 0; i < kVectors; ++i) _mm256_storeu_ps(out + column + 8 * i, sum[i]);
}

// As SumRows().
__attribute__((target("avx2"))) inline void SumQuadraticAvx2(const QuadraticRows& all,
                                                             std::span<const uint32_t> rows,
                                                             bool from_zero, float* out) {
  uint32_t column = 0;
  for (; column + 16 <= all.stride; column += 16)
    SumQuadraticColumnsAvx2<2>(all, rows, from_zero, column, out);
  for (; column < all.stride; column += 8)
    SumQuadraticColumnsAvx2<1>(all, rows, from_zero, column, out);
}

// As StoreRow(), without a branch on `is_there`; `row` must be there in any case.
__attribute__((target("avx2"))) inline void StoreQuadraticAvx2(const QuadraticRows& all,
                                                               uint32_t row, bool is_there,
                                                               float* out) {
  const __m256 mask = _mm256_castsi256_ps(_mm256_set1_epi32(is_there ? -1 : 0));
  const int8_t* codes = all.codes + static_cast<size_t>(row) * all.stride;
  for (uint32_t column = 0; column < all.stride; column += 8) {
    const __m256 levels = QuadraticColumnsAvx2::Load(all, column).Levels(codes + column);
    _mm256_storeu_ps(out + column, _mm256_and_ps(mask, levels));
  }
}

}  // namespace rubricator

#endif  // defined(__x86_64__)

#endif  // RUBRICATOR_CLASSIFIER_ROW_BLOCK_AVX2_H_
