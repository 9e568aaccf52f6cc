#include "classifier/row_block.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <vector>

namespace rubricator {
namespace {

using compiled_model::RowBytes;
using compiled_model::RowEncoding;

constexpr uint32_t kRows = 50;

// Random rows, and what they hold.
struct SampleBlock {
  std::vector<std::byte> bytes;
  std::vector<float> codebook;
  std::vector<float> values;  // [kRows][stride]
  RowBlock block;

  SampleBlock(RowEncoding encoding, uint32_t stride)
      : codebook(size_t{stride} * compiled_model::kCodes) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    for (float& level : codebook) level = normal(random);
    bytes.resize(kRows * RowBytes(encoding, stride));
    for (size_t i = 0; i < size_t{kRows} * stride; ++i) {
      float value = normal(random);
      if (encoding == RowEncoding::kFloat32) std::memcpy(&bytes[i * 4], &value, 4);
      if (encoding == RowEncoding::kFloat16) {
        const uint16_t half = ToFloat16(value);
        std::memcpy(&bytes[i * 2], &half, 2);
        value = FromFloat16(half);
      }
      if (encoding == RowEncoding::kCodebook8) {
        const auto code = static_cast<uint8_t>(random());
        bytes[i] = std::byte{code};
        value = codebook[i % stride * compiled_model::kCodes + code];
      }
      if (encoding == RowEncoding::kQuadratic8) {
        const auto code = static_cast<int8_t>(random());
        bytes[i] = static_cast<std::byte>(code);
        value = compiled_model::QuadraticLevel(code, codebook[i % stride],
                                               codebook[stride + i % stride]);
      }
      values.push_back(value);
    }
    block = {.encoding = encoding,
             .count = kRows,
             .stride = stride,
             .row_bytes = static_cast<uint32_t>(RowBytes(encoding, stride)),
             .rows = bytes.data(),
             .codebook = codebook.data()};
  }
};

class RowBlockTest : public ::testing::TestWithParam<RowEncoding> {};

template <InstructionSet kSet>
void ExpectStoresAndAddsRows(RowEncoding encoding) {
  const std::vector<uint32_t> rows = {0, 49, 3, 3};
  for (const uint32_t stride : {8u, 16u, 24u, 304u}) {
    SCOPED_TRACE(::testing::Message() << "stride " << stride);
    const SampleBlock sample(encoding, stride);
    std::vector<float> stored(stride, 1e6f);
    StoreRow<kSet>(sample.block, 49, true, stored.data());
    std::vector<float> added(stride, 7.0f);
    AddRows<kSet>(sample.block, rows, added.data());
    AddRows<kSet>(sample.block, {}, added.data());
    for (uint32_t i = 0; i < stride; ++i) {
      EXPECT_EQ(stored[i], sample.values[49 * stride + i]);
      float sum = 7.0f;
      for (const uint32_t row : rows) sum += sample.values[row * stride + i];
      EXPECT_EQ(added[i], sum);
    }
    StoreRow<kSet>(sample.block, compiled_model::kNoRow, false, stored.data());
    EXPECT_EQ(stored, std::vector<float>(stride));
  }
}

TEST_P(RowBlockTest, StoresAndAddsRowsOnAnyCpu) {
  ExpectStoresAndAddsRows<InstructionSet::kBaseline>(GetParam());
}

TEST_P(RowBlockTest, StoresAndAddsTheSameRowsByAvx2) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    ExpectStoresAndAddsRows<InstructionSet::kAvx2>(GetParam());
    return;
  }
#endif
  GTEST_SKIP() << "this CPU has no AVX2";
}

TEST_P(RowBlockTest, AddsTheColumnsThatAreAskedFor) {
  const SampleBlock sample(GetParam(), 16);
  for (const size_t columns : {1u, 8u, 11u, 16u}) {
    std::vector<float> out(columns, 1.0f);
    AddRowTo(sample.block, 7, out);
    for (size_t i = 0; i < columns; ++i) EXPECT_EQ(out[i], 1.0f + sample.values[7 * 16 + i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Encodings, RowBlockTest,
                         ::testing::Values(RowEncoding::kFloat32, RowEncoding::kFloat16,
                                           RowEncoding::kCodebook8, RowEncoding::kQuadratic8));

}  // namespace
}  // namespace rubricator
