#include "trainer/model_compiler.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/compiled_model_layout.h"
#include "classifier/status_macros.h"
#include "trainer/atomic_file.h"
#include "trainer/compiled_model_parts.h"
#include "trainer/row_encoder.h"

namespace rubricator {
namespace {

using compiled_model::Link;
using compiled_model::RowEncoding;

bool UsesBuckets(const FastTextModel& model) {
  return model.word_ngrams() == 2 || model.max_char_ngram() > 0;
}

absl::Status CheckCompilable(const FastTextModel& model, const CompileOptions& options) {
  if (model.loss() == FastTextModel::Loss::kHierarchicalSoftmax) {
    return absl::FailedPreconditionError(
        "hierarchical softmax cannot be compiled: train with ova, softmax or ns");
  }
  if (model.word_ngrams() > 2) {
    return absl::FailedPreconditionError(
        absl::StrCat("word n-grams are ", model.word_ngrams(), "; the engine scores at most 2"));
  }
  if (model.min_char_ngram() < 0 || model.max_char_ngram() < 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "character n-grams are ", model.min_char_ngram(), " to ", model.max_char_ngram()));
  }
  if (UsesBuckets(model) && model.bucket_count() <= 0) {
    return absl::FailedPreconditionError(absl::StrCat("buckets are ", model.bucket_count()));
  }
  if (model.labels().size() > compiled_model::kMaxLabels) {
    return absl::FailedPreconditionError(absl::StrCat("labels are ", model.labels().size(),
                                                      "; limit is ", compiled_model::kMaxLabels));
  }
  const auto stride = compiled_model::StrideOf(static_cast<uint32_t>(model.labels().size()));
  const uint64_t bytes = static_cast<uint64_t>(model.row_count()) * stride * sizeof(float) +
                         static_cast<uint64_t>(std::max(model.bucket_count(), 0)) * sizeof(int32_t);
  if (bytes > options.max_bytes) {
    return absl::FailedPreconditionError(absl::StrCat("rows would take ", bytes,
                                                      " bytes: ", model.row_count(), " of ", stride,
                                                      " floats; limit is ", options.max_bytes));
  }
  return absl::OkStatus();
}

RowMatrix LogitsOfAllRows(const FastTextModel& model) {
  RowMatrix matrix{.labels = model.labels().size(), .values = {}};
  matrix.values.reserve(static_cast<size_t>(model.row_count()) * matrix.labels);
  for (int64_t row = 0; row < model.row_count(); ++row) {
    const std::vector<float> logits = model.RowLogits(row);
    matrix.values.insert(matrix.values.end(), logits.begin(), logits.end());
  }
  return matrix;
}

// Appends a word with the sum of its rows.
absl::Status FoldWord(const std::string& word, const std::vector<int32_t>& rows,
                      const RowMatrix& logits, CompiledModelParts& parts) {
  std::vector<double> sum(logits.labels);
  for (const int32_t row : rows) {
    if (row < 0 || static_cast<size_t>(row) >= logits.rows()) {
      return absl::FailedPreconditionError(
          absl::StrCat("word ", parts.words.size(), " has row ", row, " of ", logits.rows()));
    }
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += logits.Row(static_cast<size_t>(row))[i];
  }
  parts.words.push_back({.text = word, .row_count = static_cast<uint32_t>(rows.size())});
  for (const double value : sum) parts.word_rows.values.push_back(static_cast<float>(value));
  return absl::OkStatus();
}

absl::Status FoldDictionary(const FastTextModel& model, const RowMatrix& logits,
                            CompiledModelParts& parts) {
  parts.word_rows.labels = logits.labels;
  for (int32_t id = 0; id < model.word_count(); ++id) {
    RETURN_IF_ERROR(FoldWord(model.Word(id), model.RowsOfWord(id), logits, parts));
  }
  return absl::OkStatus();
}

absl::Status TakeBuckets(const FastTextModel& model, const RowMatrix& logits,
                         CompiledModelParts& parts) {
  parts.bucket_rows.labels = logits.labels;
  if (!UsesBuckets(model)) return absl::OkStatus();
  parts.bucket_count = static_cast<uint32_t>(model.bucket_count());
  const std::vector<int32_t> rows = model.BucketRows();
  for (uint32_t bucket = 0; bucket < rows.size(); ++bucket) {
    if (rows[bucket] < 0) continue;
    if (static_cast<size_t>(rows[bucket]) >= logits.rows()) {
      return absl::FailedPreconditionError(
          absl::StrCat("bucket ", bucket, " has row ", rows[bucket], " of ", logits.rows()));
    }
    const auto row = logits.Row(static_cast<size_t>(rows[bucket]));
    parts.kept_buckets.push_back(bucket);
    parts.bucket_rows.values.insert(parts.bucket_rows.values.end(), row.begin(), row.end());
  }
  return absl::OkStatus();
}

// One for each label; empty if some label's levels follow no formula.
std::vector<QuadraticCodebook> CodebooksOf(const FastTextModel& model) {
  std::vector<QuadraticCodebook> codebooks;
  for (size_t label = 0; label < model.labels().size(); ++label) {
    const auto codebook = QuadraticCodebook::FromLevels(model.QuantizedLevels(label));
    if (!codebook) return {};
    codebooks.push_back(*codebook);
  }
  return codebooks;
}

RowEncoding BucketEncoding(const CompiledModelParts& parts, CompileOptions::BucketRows asked) {
  if (asked == CompileOptions::BucketRows::kFloat16) return RowEncoding::kFloat16;
  if (asked == CompileOptions::BucketRows::kFloat32 || parts.kept_buckets.empty()) {
    return RowEncoding::kFloat32;
  }
  if (!parts.codebooks.empty()) return RowEncoding::kQuadratic8;
  return FitsCodebook(parts.bucket_rows) ? RowEncoding::kCodebook8 : RowEncoding::kFloat32;
}

}  // namespace

absl::StatusOr<std::string> CompileTopicModelToBytes(const FastTextModel& model,
                                                     const CompileOptions& options) {
  RETURN_IF_ERROR(CheckCompilable(model, options));
  CompiledModelParts parts;
  parts.link = model.loss() == FastTextModel::Loss::kSoftmax ? Link::kSoftmax : Link::kSigmoid;
  parts.labels = model.labels();
  parts.word_ngrams = static_cast<uint32_t>(std::max(model.word_ngrams(), 1));
  parts.min_char_ngram = static_cast<uint32_t>(model.min_char_ngram());
  parts.max_char_ngram = static_cast<uint32_t>(model.max_char_ngram());
  const RowMatrix logits = LogitsOfAllRows(model);
  RETURN_IF_ERROR(FoldDictionary(model, logits, parts));
  RETURN_IF_ERROR(TakeBuckets(model, logits, parts));
  parts.codebooks = CodebooksOf(model);
  return SerializeCompiledModel(
      parts, options.float16_words ? RowEncoding::kFloat16 : RowEncoding::kFloat32,
      BucketEncoding(parts, options.bucket_rows));
}

absl::Status CompileTopicModel(const FastTextModel& model, const std::filesystem::path& out,
                               const CompileOptions& options) {
  ASSIGN_OR_RETURN(const std::string bytes, CompileTopicModelToBytes(model, options));
  return WriteFileAtomically(out, bytes);
}

}  // namespace rubricator
