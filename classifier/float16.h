// IEEE 754 binary16, which C++20 has no type for.
#ifndef RUBRICATOR_CLASSIFIER_FLOAT16_H_
#define RUBRICATOR_CLASSIFIER_FLOAT16_H_

#include <bit>
#include <cstdint>

namespace rubricator {

// Exact for finite numbers.
inline float FromFloat16(uint16_t half) {
  // The exponent's bias differs by 112: a multiplication that also turns subnormal halves into
  // normal floats.
  const float magnitude = std::bit_cast<float>((half & 0x7FFFu) << 13) * 0x1p112f;
  return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | (half & 0x8000u) << 16);
}

// The nearest, ties to even; from ±65520 on, infinite.
inline uint16_t ToFloat16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const auto sign = static_cast<uint16_t>(bits >> 16 & 0x8000u);
  const uint32_t magnitude = bits & 0x7FFFFFFFu;
  if (magnitude >= 0x477FF000u) return sign | 0x7C00u;
  if (magnitude < 0x38800000u) {  // subnormal: adding 0.5 rounds in the unit 2^-24
    const uint32_t rounded = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + 0.5f);
    return sign | static_cast<uint16_t>(rounded - 0x3F000000u);
  }
  const uint32_t to_even = 0xFFFu + (magnitude >> 13 & 1u);
  return sign | static_cast<uint16_t>((magnitude + to_even - 0x38000000u) >> 13);
}

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_FLOAT16_H_
