// Adds up rows of a compiled model, in the widest instructions that the CPU has.
#ifndef RUBRICATOR_CLASSIFIER_ROW_KERNELS_H_
#define RUBRICATOR_CLASSIFIER_ROW_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "classifier/compiled_model_layout.h"

namespace rubricator {

// Rows in memory that is not owned.
struct RowBlock {
  compiled_model::RowEncoding encoding = compiled_model::RowEncoding::kFloat32;
  uint32_t count = 0;
  uint32_t stride = 0;              // columns, a multiple of kRowColumns
  const std::byte* rows = nullptr;  // `count` rows of RowBytes(encoding, stride) bytes, aligned as their numbers are
  const float* codebook = nullptr;  // [stride][256], for kCodebook8 only
};

// The sums are the same floats on every CPU: no kernel changes the order of additions.
struct RowKernels {
  // out[0, stride) = row. `row` must be < block.count.
  void (*store)(const RowBlock& block, uint32_t row, float* out);
  // out[0, stride) += each of the `row_count` rows; each must be < block.count.
  void (*add)(const RowBlock& block, const uint32_t* rows, size_t row_count, float* out);
  const char* name;
};

// For any CPU of the platform.
const RowKernels& BaselineRowKernels();

// The best for this CPU.
const RowKernels& BestRowKernels();

// Asks the memory for a row that is going to be used. `row` must be < block.count.
inline void PrefetchRow(const RowBlock& block, uint32_t row) {
  __builtin_prefetch(block.rows + row * compiled_model::RowBytes(block.encoding, block.stride));
}

// out[i] += the row's column i, for as many columns as `out` has, at most the stride. `row` must be < block.count.
void AddRowTo(const RowBlock& block, uint32_t row, std::span<float> out);

// Nearest binary16 to `value`, ties to even; beyond ±65504 infinite.
uint16_t ToFloat16(float value);
float FromFloat16(uint16_t half);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_ROW_KERNELS_H_
