// The checked parts of a compiled model's file.
#ifndef RUBRICATOR_CLASSIFIER_COMPILED_MODEL_VIEW_H_
#define RUBRICATOR_CLASSIFIER_COMPILED_MODEL_VIEW_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "classifier/compiled_model_layout.h"
#include "classifier/row_block.h"

namespace rubricator {

// Borrows the file's bytes. Sections are inside the file and as long as the header's numbers ask;
// what the sections hold is not checked: each row, offset and probe must be held to its bound where
// it is used.
struct CompiledModelView {
  const compiled_model::FileHeader* header = nullptr;
  std::vector<std::string> labels;
  std::span<const compiled_model::WordSlot> slots;
  RowBlock word_rows;
  RowBlock bucket_rows;
  std::span<const compiled_model::BucketRun> bucket_index;  // empty: row i is bucket i

  // `bytes` is a whole file, aligned to 8. Errors: FAILED_PRECONDITION another layout version;
  // DATA_LOSS not a compiled model, cut, or with sections that do not fit.
  static absl::StatusOr<CompiledModelView> Parse(std::string_view bytes);
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_COMPILED_MODEL_VIEW_H_
