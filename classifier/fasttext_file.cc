#include "classifier/fasttext_file.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr int32_t kMagic = 793712314;
constexpr int32_t kOldestVersion = 11;
constexpr int32_t kNewestVersion = 12;
constexpr int32_t kSupervised = 3;
constexpr int32_t kLosses = 4;
constexpr int64_t kCentroids = 256;
constexpr float kMaxWeight =
    1e6f;  // beyond what training gives; no sum of such products overflows to NaN
constexpr int64_t kMaxDimensions = 1 << 20;
constexpr int32_t kMaxNgram =
    100;  // libfasttext's default is 6; its work grows with word length times this

absl::Status Contradiction(std::string_view what, int64_t value, int64_t expected) {
  return absl::DataLossError(
      absl::StrCat("fastText file: ", std::string(what), " is ", value, "; expected ", expected));
}

// Takes numbers from the front; once the bytes run out, zeros and is_cut().
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <typename Number>
  Number Take() {
    Number number = {};
    if (const std::string_view bytes = TakeBytes(sizeof(number)); !bytes.empty()) {
      std::memcpy(&number, bytes.data(), sizeof(number));
    }
    return number;
  }
  bool TakeBool() { return Take<uint8_t>() != 0; }
  std::string_view TakeBytes(uint64_t count) {
    if (count > rest_.size()) {
      is_cut_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  void TakeUntilZero() {
    const size_t end = rest_.find('\0');
    TakeBytes(end == std::string_view::npos ? rest_.size() + 1 : end + 1);
  }
  // Checked after each part: no loop runs on over a file that has ended.
  absl::Status CheckNotCut(std::string_view part) const {
    if (!is_cut_) return absl::OkStatus();
    return absl::DataLossError(absl::StrCat("fastText file: ends inside its ", std::string(part)));
  }
  bool is_cut() const { return is_cut_; }
  size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool is_cut_ = false;
};

struct Shape {
  int64_t dimensions = 0;
  int64_t buckets = 0;  // 0 if the model hashes nothing into them
  int64_t words = 0;
  int64_t labels = 0;
  int64_t kept_buckets = -1;  // -1: all
  int64_t greatest_bucket_row = -1;

  int64_t bucket_rows() const { return kept_buckets < 0 ? buckets : greatest_bucket_row + 1; }
};

absl::Status CheckNgrams(int32_t words, int32_t min_chars, int32_t max_chars, int32_t buckets,
                         bool uses_buckets) {
  const auto is_odd = [](int32_t ngram) { return ngram < 0 || ngram > kMaxNgram; };
  if (!is_odd(words) && min_chars >= 0 && !is_odd(max_chars) && buckets >= 0 &&
      (buckets > 0 || !uses_buckets)) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat("fastText file: n-grams are ", words,
                                                    " words and ", min_chars, " to ", max_chars,
                                                    " characters in ", buckets, " buckets"));
}

absl::Status ReadArgs(Reader& in, Shape& shape) {
  const auto magic = in.Take<int32_t>();
  const auto version = in.Take<int32_t>();
  if (magic != kMagic || version < kOldestVersion || version > kNewestVersion) {
    return absl::FailedPreconditionError(absl::StrCat("not a fastText model of format version ",
                                                      kOldestVersion, " or ", kNewestVersion));
  }
  shape.dimensions = in.Take<int32_t>();
  in.TakeBytes(4 * sizeof(int32_t));  // ws, epoch, minCount, neg
  const auto word_ngrams = in.Take<int32_t>();
  const auto loss = in.Take<int32_t>();
  const auto model = in.Take<int32_t>();
  const auto buckets = in.Take<int32_t>();
  const auto min_char_ngram = in.Take<int32_t>();
  const auto max_char_ngram = in.Take<int32_t>();
  in.TakeBytes(sizeof(int32_t) + sizeof(double));  // lrUpdateRate, t
  RETURN_IF_ERROR(in.CheckNotCut("parameters"));
  if (model != kSupervised)
    return absl::FailedPreconditionError("fastText file: not a supervised model");
  if (loss < 1 || loss > kLosses) return Contradiction("loss", loss, kLosses);
  const bool has_subwords =
      version > kOldestVersion && max_char_ngram > 0;  // version 11 never had them
  const bool uses_buckets = word_ngrams > 1 || has_subwords;
  RETURN_IF_ERROR(CheckNgrams(word_ngrams, min_char_ngram, max_char_ngram, buckets, uses_buckets));
  if (shape.dimensions < 1 || shape.dimensions > kMaxDimensions) {
    return Contradiction("dimensions", shape.dimensions, kMaxDimensions);
  }
  shape.buckets = uses_buckets ? buckets : 0;
  return absl::OkStatus();
}

absl::Status ReadDictionary(Reader& in, Shape& shape) {
  const int64_t size = in.Take<int32_t>();
  shape.words = in.Take<int32_t>();
  shape.labels = in.Take<int32_t>();
  in.Take<int64_t>();  // tokens
  shape.kept_buckets = in.Take<int64_t>();
  RETURN_IF_ERROR(in.CheckNotCut("dictionary"));
  if (shape.words < 0 || shape.labels < 1 || size != shape.words + shape.labels) {
    return Contradiction("dictionary size", size, shape.words + shape.labels);
  }
  for (int64_t i = 0; i < size && !in.is_cut(); ++i) {
    in.TakeUntilZero();
    in.Take<int64_t>();  // count
    const int64_t type = in.Take<int8_t>();
    const int64_t expected = i < shape.words ? 0 : 1;
    if (type != expected) return Contradiction("type of a dictionary entry", type, expected);
  }
  for (int64_t i = 0; i < shape.kept_buckets && !in.is_cut(); ++i) {
    const int64_t bucket = in.Take<int32_t>();
    const int64_t row = in.Take<int32_t>();
    if (bucket < 0 || row < 0) return Contradiction("row of a bucket", row, 0);
    shape.greatest_bucket_row = std::max(shape.greatest_bucket_row, row);
  }
  return in.CheckNotCut("dictionary");
}

// `bytes` are floats, not aligned.
absl::Status CheckWeights(std::string_view bytes) {
  for (size_t i = 0; i + sizeof(float) <= bytes.size(); i += sizeof(float)) {
    float weight = 0;
    std::memcpy(&weight, bytes.data() + i, sizeof(weight));
    if (!(std::abs(weight) <= kMaxWeight)) {
      return absl::DataLossError(
          absl::StrCat("fastText file: a weight is ", weight, "; limit is ", kMaxWeight));
    }
  }
  return absl::OkStatus();
}

// libfasttext's ProductQuantizer over vectors of `dimensions`.
absl::Status ReadQuantizer(Reader& in, int64_t dimensions, int64_t& parts) {
  const int64_t own_dimensions = in.Take<int32_t>();
  parts = in.Take<int32_t>();
  const int64_t part = in.Take<int32_t>();
  const int64_t last_part = in.Take<int32_t>();
  RETURN_IF_ERROR(in.CheckNotCut("quantiser"));
  if (own_dimensions != dimensions)
    return Contradiction("dimensions of a quantiser", own_dimensions, dimensions);
  const bool fits = part >= 1 && parts >= 1 && last_part >= 1 && last_part <= part &&
                    (parts - 1) * part + last_part == dimensions;
  if (!fits)
    return Contradiction("parts of a quantiser", parts,
                         part > 0 ? (dimensions + part - 1) / part : 1);
  const auto centroids =
      in.TakeBytes(static_cast<uint64_t>(dimensions * kCentroids) * sizeof(float));
  RETURN_IF_ERROR(in.CheckNotCut("quantiser"));
  return CheckWeights(centroids);
}

absl::Status CheckMatrixShape(int64_t rows, int64_t columns, int64_t least_rows,
                              int64_t dimensions) {
  if (columns != dimensions) return Contradiction("columns of a matrix", columns, dimensions);
  if (rows < least_rows) return Contradiction("rows of a matrix", rows, least_rows);
  return absl::OkStatus();
}

absl::Status ReadMatrix(Reader& in, bool is_quantized, int64_t least_rows, int64_t dimensions) {
  const bool has_norms = is_quantized && in.TakeBool();
  const auto rows = in.Take<int64_t>();
  const auto columns = in.Take<int64_t>();
  RETURN_IF_ERROR(in.CheckNotCut("matrix"));
  RETURN_IF_ERROR(CheckMatrixShape(rows, columns, least_rows, dimensions));
  if (static_cast<uint64_t>(rows) > in.left())
    return Contradiction("rows of a matrix", rows, least_rows);
  if (!is_quantized) {
    const auto weights =
        in.TakeBytes(static_cast<uint64_t>(rows) * static_cast<uint64_t>(columns) * sizeof(float));
    RETURN_IF_ERROR(in.CheckNotCut("matrix"));
    return CheckWeights(weights);
  }
  const int64_t code_bytes = in.Take<int32_t>();
  in.TakeBytes(code_bytes < 0 ? in.left() + 1 : static_cast<uint64_t>(code_bytes));
  int64_t parts = 0;
  RETURN_IF_ERROR(ReadQuantizer(in, dimensions, parts));
  if (code_bytes != rows * parts)
    return Contradiction("codes of a matrix", code_bytes, rows * parts);
  if (!has_norms) return absl::OkStatus();
  in.TakeBytes(static_cast<uint64_t>(rows));
  return ReadQuantizer(in, /*dimensions=*/1, parts);
}

}  // namespace

absl::Status CheckFastTextFile(std::string_view bytes) {
  Reader in(bytes);
  Shape shape;
  RETURN_IF_ERROR(ReadArgs(in, shape));
  RETURN_IF_ERROR(ReadDictionary(in, shape));
  const bool is_quantized = in.TakeBool();
  if (!is_quantized && shape.kept_buckets >= 0) {
    return absl::FailedPreconditionError(
        "fastText file: pruned but not quantised, as no version since 2018 writes it");
  }
  RETURN_IF_ERROR(
      ReadMatrix(in, is_quantized, shape.words + shape.bucket_rows(), shape.dimensions));
  const bool has_quantized_output = in.TakeBool();
  RETURN_IF_ERROR(
      ReadMatrix(in, is_quantized && has_quantized_output, shape.labels, shape.dimensions));
  if (in.left() == 0) return absl::OkStatus();
  return Contradiction("bytes after its end", static_cast<int64_t>(in.left()), 0);
}

}  // namespace rubricator
