#include "trainer/row_encoder.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "classifier/float16.h"

namespace rubricator {
namespace {

using compiled_model::kCodes;
using compiled_model::RowEncoding;

constexpr float kMaxFloat16 = 65504.0f;
constexpr float kLevelTolerance = 2e-6f;  // of the greatest level: rounding, no more

// The values of a column and their codes, in the order in which they were seen.
class ColumnCodes {
 public:
  // Null if there are more values than codes.
  std::optional<uint8_t> CodeOf(float value) {
    const auto [place, is_new] = codes_.try_emplace(std::bit_cast<uint32_t>(value), values_.size());
    if (is_new) {
      if (values_.size() == kCodes) return std::nullopt;
      values_.push_back(value);
    }
    return static_cast<uint8_t>(place->second);
  }
  const std::vector<float>& values() const { return values_; }

 private:
  std::unordered_map<uint32_t, size_t> codes_;
  std::vector<float> values_;
};

absl::StatusOr<EncodedRows> EncodeCodebook(const RowMatrix& matrix) {
  const uint32_t stride = compiled_model::StrideOf(static_cast<uint32_t>(matrix.labels));
  EncodedRows encoded;
  encoded.rows.assign(matrix.rows() * stride, '\0');
  encoded.codebook.assign(size_t{stride} * kCodes * sizeof(float), '\0');
  for (size_t column = 0; column < matrix.labels; ++column) {
    ColumnCodes codes;
    for (size_t row = 0; row < matrix.rows(); ++row) {
      const std::optional<uint8_t> code = codes.CodeOf(matrix.Row(row)[column]);
      if (!code) {
        return absl::FailedPreconditionError(
            absl::StrCat("label ", column, " has more than ", kCodes, " different bucket values"));
      }
      encoded.rows[row * stride + column] = static_cast<char>(*code);
    }
    for (size_t code = 0; code < codes.values().size(); ++code) {
      std::memcpy(encoded.codebook.data() + (column * kCodes + code) * sizeof(float),
                  &codes.values()[code], sizeof(float));
    }
  }
  return encoded;
}

absl::StatusOr<EncodedRows> EncodeQuadratic(const RowMatrix& matrix,
                                            std::span<const QuadraticCodebook> codebooks) {
  if (codebooks.size() != matrix.labels) {
    return absl::FailedPreconditionError(
        absl::StrCat("codebooks are ", codebooks.size(), "; expected ", matrix.labels));
  }
  const uint32_t stride = compiled_model::StrideOf(static_cast<uint32_t>(matrix.labels));
  EncodedRows encoded;
  encoded.rows.assign(matrix.rows() * stride, '\0');
  std::vector<float> parameters(size_t{2} * stride);
  for (size_t column = 0; column < matrix.labels; ++column) {
    const QuadraticCodebook& codebook = codebooks[column];
    parameters[column] = codebook.linear();
    parameters[stride + column] = codebook.curvature();
    const float tolerance = kLevelTolerance * std::abs(codebook.LevelOf(-128));
    for (size_t row = 0; row < matrix.rows(); ++row) {
      const float value = matrix.Row(row)[column];
      const int code = codebook.CodeOf(value);
      if (!(std::abs(codebook.LevelOf(code) - value) <= tolerance)) {
        return absl::FailedPreconditionError(absl::StrCat(
            "a row holds ", value, " for label ", column, ", which is no level of its codebook"));
      }
      encoded.rows[row * stride + column] = static_cast<char>(code);
    }
  }
  encoded.codebook.assign(reinterpret_cast<const char*>(parameters.data()),
                          parameters.size() * sizeof(float));
  return encoded;
}

template <typename Number, typename Convert>
std::string EncodeEach(const RowMatrix& matrix, Convert convert) {
  const size_t stride = compiled_model::StrideOf(static_cast<uint32_t>(matrix.labels));
  std::string rows(matrix.rows() * stride * sizeof(Number), '\0');
  for (size_t row = 0; row < matrix.rows(); ++row) {
    for (size_t column = 0; column < matrix.labels; ++column) {
      const Number number = convert(matrix.Row(row)[column]);
      std::memcpy(rows.data() + (row * stride + column) * sizeof(Number), &number, sizeof(Number));
    }
  }
  return rows;
}

}  // namespace

absl::StatusOr<EncodedRows> EncodeRows(const RowMatrix& matrix, RowEncoding encoding,
                                       std::span<const QuadraticCodebook> codebooks) {
  for (const float value : matrix.values) {
    if (!std::isfinite(value) ||
        (encoding == RowEncoding::kFloat16 && std::abs(value) > kMaxFloat16)) {
      return absl::FailedPreconditionError(
          absl::StrCat("a row holds ", value, ", which the encoding cannot"));
    }
  }
  switch (encoding) {
    case RowEncoding::kFloat32:
      return EncodedRows{.rows = EncodeEach<float>(matrix, [](float value) { return value; }),
                         .codebook = {}};
    case RowEncoding::kFloat16:
      return EncodedRows{.rows = EncodeEach<uint16_t>(matrix, ToFloat16), .codebook = {}};
    case RowEncoding::kCodebook8:
      return EncodeCodebook(matrix);
    case RowEncoding::kQuadratic8:
      return EncodeQuadratic(matrix, codebooks);
  }
  return absl::InternalError("unknown row encoding");
}

bool FitsCodebook(const RowMatrix& matrix) {
  for (size_t column = 0; column < matrix.labels; ++column) {
    ColumnCodes codes;
    for (size_t row = 0; row < matrix.rows(); ++row) {
      if (!codes.CodeOf(matrix.Row(row)[column])) return false;
    }
  }
  return true;
}

}  // namespace rubricator
