#include "classifier/row_kernels.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
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

  SampleBlock(RowEncoding encoding, uint32_t stride) : codebook(size_t{stride} * compiled_model::kCodes) {
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
      values.push_back(value);
    }
    block = {.encoding = encoding, .count = kRows, .stride = stride, .rows = bytes.data(),
             .codebook = codebook.data()};
  }
};

class RowKernelsTest : public ::testing::TestWithParam<RowEncoding> {};

TEST_P(RowKernelsTest, EverySetStoresAndAddsTheSameFloats) {
  for (const RowKernels* kernels : {&BaselineRowKernels(), &BestRowKernels()}) {
    for (const uint32_t stride : {8u, 16u, 24u, 304u}) {
      SCOPED_TRACE(::testing::Message() << kernels->name << ", stride " << stride);
      const SampleBlock sample(GetParam(), stride);
      std::vector<float> out(stride, 1e6f);
      kernels->store(sample.block, 3, out.data());
      for (uint32_t i = 0; i < stride; ++i) EXPECT_EQ(out[i], sample.values[3 * stride + i]);
      const std::vector<uint32_t> rows = {0, 49, 3, 3};
      kernels->add(sample.block, rows.data(), rows.size(), out.data());
      for (uint32_t i = 0; i < stride; ++i) {
        float want = sample.values[3 * stride + i];
        for (const uint32_t row : rows) want += sample.values[row * stride + i];
        EXPECT_EQ(out[i], want);
      }
      kernels->add(sample.block, nullptr, 0, out.data());
    }
  }
}

TEST_P(RowKernelsTest, AddsTheColumnsThatAreAskedFor) {
  const SampleBlock sample(GetParam(), 16);
  for (const size_t columns : {1u, 8u, 11u, 16u}) {
    std::vector<float> out(columns, 1.0f);
    AddRowTo(sample.block, 7, out);
    for (size_t i = 0; i < columns; ++i) EXPECT_EQ(out[i], 1.0f + sample.values[7 * 16 + i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Encodings, RowKernelsTest,
                         ::testing::Values(RowEncoding::kFloat32, RowEncoding::kFloat16, RowEncoding::kCodebook8));

TEST(Float16Test, EveryFiniteHalfSurvivesTheWayThereAndBack) {
  for (uint32_t half = 0; half < 0x10000; ++half) {
    if ((half & 0x7C00) == 0x7C00) continue;  // infinite, not a number
    ASSERT_EQ(ToFloat16(FromFloat16(static_cast<uint16_t>(half))), half);
  }
}

TEST(Float16Test, RoundsToTheNearestTiesToEven) {
  struct Case {
    std::string_view name;
    float value, want;
  };
  for (const Case& c : {
           Case{"below the tie", 1.0004f, 1.0f},
           Case{"tie to even, down", 1.0f + 0x1p-11f, 1.0f},
           Case{"tie to even, up", 1.0f + 3 * 0x1p-11f, 1.0f + 0x1p-9f},
           Case{"above the tie", 1.0005f, 1.0f + 0x1p-10f},
           Case{"carries into the exponent", 1.9999f, 2.0f},
           Case{"greatest", 65519.0f, 65504.0f},
           Case{"least normal", 0x1p-14f, 0x1p-14f},
           Case{"subnormal", 3 * 0x1p-24f, 3 * 0x1p-24f},
           Case{"subnormal tie to even", 0x1p-25f, 0.0f},
           Case{"negative", -0.1f, -0.0999755859375f},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(FromFloat16(ToFloat16(c.value)), c.want);
  }
  EXPECT_EQ(ToFloat16(65520.0f), 0x7C00);
  EXPECT_EQ(ToFloat16(-std::numeric_limits<float>::infinity()), 0xFC00);
}

}  // namespace
}  // namespace rubricator
