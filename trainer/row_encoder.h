// Packs rows of floats as a compiled model holds them.
#ifndef RUBRICATOR_TRAINER_ROW_ENCODER_H_
#define RUBRICATOR_TRAINER_ROW_ENCODER_H_

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "classifier/compiled_model_layout.h"
#include "trainer/compiled_model_parts.h"

namespace rubricator {

struct EncodedRows {
  std::string rows;      // rows of compiled_model::RowBytes() each
  std::string codebook;  // of compiled_model::CodebookBytes()
};

// `codebooks` is one for each label, for kQuadratic8 only. Errors: FAILED_PRECONDITION a value that
// is not finite or that the encoding cannot hold; for kCodebook8 more than 256 different values in
// a column; for kQuadratic8 one between the levels of its codebook.
absl::StatusOr<EncodedRows> EncodeRows(const RowMatrix& matrix,
                                       compiled_model::RowEncoding encoding,
                                       std::span<const QuadraticCodebook> codebooks);

// Whether kCodebook8 holds the rows: at most 256 different values in each column.
bool FitsCodebook(const RowMatrix& matrix);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_ROW_ENCODER_H_
