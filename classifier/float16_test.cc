#include "classifier/float16.h"

#include <gtest/gtest.h>

#include <limits>
#include <string_view>

namespace rubricator {
namespace {

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
