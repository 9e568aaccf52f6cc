// The few numbers that stand for many: a codebook of scalars.
#ifndef RUBRICATOR_TRAINER_SCALAR_CODEBOOK_H_
#define RUBRICATOR_TRAINER_SCALAR_CODEBOOK_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rubricator {

inline constexpr size_t kCodebookLevels = 256;

// At most 256 levels for numbers, chosen for a small squared error by Lloyd's algorithm; exact for
// numbers of at most 256 kinds. The same numbers, in whichever order, give the same levels.
class ScalarCodebook {
 public:
  // `values` are finite; none gives the one level 0.
  explicit ScalarCodebook(std::vector<float> values);

  // Ascending.
  const std::vector<float>& levels() const { return levels_; }
  // The nearest level's place in levels().
  uint8_t CodeOf(float value) const;

 private:
  std::vector<float> levels_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_SCALAR_CODEBOOK_H_
