// Turns a fastText classifier into the file that the engine maps.
#ifndef RUBRICATOR_TRAINER_MODEL_COMPILER_H_
#define RUBRICATOR_TRAINER_MODEL_COMPILER_H_

#include <cstdint>
#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "classifier/fasttext_model.h"

namespace rubricator {

struct CompileOptions {
  // How the rows of subwords and bigrams, most of the file, are stored.
  enum class BucketRows {
    kExact,    // one byte where that is exact (the trainer's .ftz files), else as float32
    kFloat32,  // four bytes a label and bucket
    kFloat16,  // two; each number is off by at most 1/2048 of itself
  };
  BucketRows bucket_rows = BucketRows::kExact;
  // Stores the words' rows as float16 too.
  bool float16_words = false;
  uint64_t max_bytes = uint64_t{4} << 30;  // of rows, before anything is computed
};

// The compiled file's bytes. Errors: FAILED_PRECONDITION hierarchical softmax, which is not linear
// up to its last step; word n-grams of three or more; rows that are not finite; more than
// options.max_bytes.
absl::StatusOr<std::string> CompileTopicModelToBytes(const FastTextModel& model,
                                                     const CompileOptions& options);

// Writes the compiled file under another name and renames it to `out`, so that readers of an old
// file keep it. Errors: as above; UNKNOWN with the system's message if writing fails.
absl::Status CompileTopicModel(const FastTextModel& model, const std::filesystem::path& out,
                               const CompileOptions& options);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_MODEL_COMPILER_H_
