#include "trainer/fasttext_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string_view>
#include <unordered_set>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "trainer/atomic_file.h"
#include "trainer/quadratic_codebook.h"

namespace rubricator {
namespace {

// fastText's numbers for what its files name (args.h, fasttext.cc of 0.9.2).
constexpr int32_t kMagic = 793712314;
constexpr int32_t kVersion = 12;
constexpr int32_t kOneVsAll = 4;
constexpr int32_t kSupervised = 3;
constexpr int8_t kWordEntry = 0;
constexpr int8_t kLabelEntry = 1;
constexpr int64_t kNotPruned = -1;
constexpr int kCodeOffset = 128;  // a product quantiser's codes are not signed
constexpr std::string_view kLabelPrefix = "__label__";

static_assert(std::endian::native == std::endian::little,
              "fastText writes numbers as they are in memory");

class ByteWriter {
 public:
  template <typename Number>
  void Put(Number number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
  }
  void PutText(std::string_view text) { bytes_.append(text); }
  void PutFloats(const std::vector<float>& values) {
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

bool IsWordText(std::string_view text) {
  return !text.empty() &&
         text.find_first_of(std::string_view(" \t\n\v\f\r\0", 7)) == std::string_view::npos;
}

absl::Status CheckEntries(const std::vector<FastTextWeights::Entry>& entries,
                          std::string_view what) {
  std::unordered_set<std::string_view> seen;
  for (const FastTextWeights::Entry& entry : entries) {
    if (!IsWordText(entry.text) || !seen.insert(entry.text).second) {
      return absl::InvalidArgumentError(absl::StrCat(
          std::string(what), " \"", entry.text, "\" is empty, holds white space, or comes twice"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRows(const RowMatrix& rows, size_t count, size_t labels, std::string_view what) {
  if (rows.values.size() != count * labels || (count > 0 && rows.labels != labels)) {
    return absl::InvalidArgumentError(absl::StrCat(std::string(what), " rows have ",
                                                   rows.values.size(), " weights; expected ", count,
                                                   " times ", labels));
  }
  const auto is_finite = [](float value) { return std::isfinite(value); };
  if (std::all_of(rows.values.begin(), rows.values.end(), is_finite)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(std::string(what), " rows hold a weight that is not finite"));
}

absl::Status CheckBuckets(const FastTextWeights& weights) {
  const bool uses_buckets = weights.word_ngrams == 2 || weights.max_char_ngram > 0;
  const auto& kept = weights.kept_buckets;
  const bool ascend =
      std::adjacent_find(kept.begin(), kept.end(), std::greater_equal<>()) == kept.end();
  const bool inside = kept.empty() || (kept.front() >= 0 && kept.back() < weights.bucket_count);
  if (ascend && inside && weights.bucket_count >= 0 && (weights.bucket_count > 0) == uses_buckets) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "buckets are ", weights.bucket_count, ", ", kept.size(), " of them kept, for ",
      weights.word_ngrams, " word and up to ", weights.max_char_ngram, " character n-grams"));
}

absl::Status Check(const FastTextWeights& weights) {
  if (weights.labels.empty()) return absl::InvalidArgumentError("no label");
  if (weights.word_ngrams < 1 || weights.word_ngrams > 2 || weights.min_char_ngram < 0 ||
      weights.max_char_ngram < 0) {
    return absl::InvalidArgumentError(absl::StrCat("n-grams are ", weights.word_ngrams, " words, ",
                                                   weights.min_char_ngram, " to ",
                                                   weights.max_char_ngram, " characters"));
  }
  RETURN_IF_ERROR(CheckEntries(weights.labels, "label"));
  RETURN_IF_ERROR(CheckEntries(weights.words, "word"));
  RETURN_IF_ERROR(CheckBuckets(weights));
  const size_t labels = weights.labels.size();
  RETURN_IF_ERROR(CheckRows(weights.word_rows, weights.words.size(), labels, "word"));
  RETURN_IF_ERROR(CheckRows(weights.bucket_rows, weights.kept_buckets.size(), labels, "bucket"));
  const size_t numbers = weights.word_rows.values.size() + weights.bucket_rows.values.size();
  if (numbers <= std::numeric_limits<int32_t>::max()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("weights are ", numbers, "; limit is ", std::numeric_limits<int32_t>::max()));
}

bool IsPruned(const FastTextWeights& weights) {
  return weights.kept_buckets.size() != static_cast<size_t>(weights.bucket_count);
}

void PutArgs(const FastTextWeights& weights, ByteWriter& out) {
  out.Put(kMagic);
  out.Put(kVersion);
  out.Put(static_cast<int32_t>(weights.labels.size()));  // dimensions
  for (const int32_t unused : {5, 1, 1, 5})
    out.Put(unused);  // ws, epoch, minCount, neg: fastText's or the least
  out.Put(static_cast<int32_t>(weights.word_ngrams));
  out.Put(kOneVsAll);
  out.Put(kSupervised);
  out.Put(weights.bucket_count);
  out.Put(static_cast<int32_t>(weights.min_char_ngram));
  out.Put(static_cast<int32_t>(weights.max_char_ngram));
  out.Put(int32_t{100});  // lrUpdateRate
  out.Put(1e-4);          // t
}

void PutDictionary(const FastTextWeights& weights, ByteWriter& out) {
  int64_t tokens = 0;
  for (const auto& entry : weights.words) tokens += entry.count;
  for (const auto& entry : weights.labels) tokens += entry.count;
  out.Put(static_cast<int32_t>(weights.words.size() + weights.labels.size()));
  out.Put(static_cast<int32_t>(weights.words.size()));
  out.Put(static_cast<int32_t>(weights.labels.size()));
  out.Put(tokens);
  out.Put(IsPruned(weights) ? static_cast<int64_t>(weights.kept_buckets.size()) : kNotPruned);
  const auto put_entry = [&out](std::string_view prefix, const FastTextWeights::Entry& entry,
                                int8_t type) {
    out.PutText(prefix);
    out.PutText(entry.text);
    out.Put('\0');
    out.Put(entry.count);
    out.Put(type);
  };
  for (const auto& entry : weights.words) put_entry("", entry, kWordEntry);
  for (const auto& entry : weights.labels) put_entry(kLabelPrefix, entry, kLabelEntry);
  if (!IsPruned(weights)) return;
  for (size_t row = 0; row < weights.kept_buckets.size(); ++row) {
    out.Put(weights.kept_buckets[row]);
    out.Put(static_cast<int32_t>(row));
  }
}

void PutShape(size_t rows, size_t columns, ByteWriter& out) {
  out.Put(static_cast<int64_t>(rows));
  out.Put(static_cast<int64_t>(columns));
}

void PutIdentity(size_t labels, ByteWriter& out) {
  out.Put(false);  // the output matrix is not quantised
  PutShape(labels, labels, out);
  for (size_t row = 0; row < labels; ++row) {
    for (size_t column = 0; column < labels; ++column) out.Put(row == column ? 1.0f : 0.0f);
  }
}

// A product quantiser over parts of one dimension.
void PutQuantizedRows(const FastTextWeights& weights, ByteWriter& out) {
  const size_t labels = weights.labels.size();
  std::vector<float> values = weights.word_rows.values;
  values.insert(values.end(), weights.bucket_rows.values.begin(), weights.bucket_rows.values.end());
  const size_t rows = values.size() / labels;
  std::string codes(values.size(), '\0');
  std::vector<float> centroids(labels * QuadraticCodebook::kLevels);
  for (size_t label = 0; label < labels; ++label) {
    std::vector<float> column(rows);
    for (size_t row = 0; row < rows; ++row) column[row] = values[row * labels + label];
    const QuadraticCodebook codebook = QuadraticCodebook::Fit(column);
    for (size_t level = 0; level < QuadraticCodebook::kLevels; ++level) {
      centroids[label * QuadraticCodebook::kLevels + level] =
          codebook.LevelOf(static_cast<int>(level) - kCodeOffset);
    }
    for (size_t row = 0; row < rows; ++row) {
      codes[row * labels + label] = static_cast<char>(codebook.CodeOf(column[row]) + kCodeOffset);
    }
  }
  out.Put(false);  // norms are not quantised apart
  PutShape(rows, labels, out);
  out.Put(static_cast<int32_t>(codes.size()));
  out.PutText(codes);
  out.Put(static_cast<int32_t>(labels));  // dimensions
  out.Put(static_cast<int32_t>(labels));  // parts
  out.Put(int32_t{1});                    // dimensions of a part
  out.Put(int32_t{1});                    // dimensions of the last part
  out.PutFloats(centroids);
}

}  // namespace

absl::StatusOr<std::string> SerializeFastTextBin(const FastTextWeights& weights) {
  RETURN_IF_ERROR(Check(weights));
  if (IsPruned(weights)) {
    return absl::FailedPreconditionError(absl::StrCat(weights.kept_buckets.size(), " of ",
                                                      weights.bucket_count,
                                                      " buckets have rows; a .bin file needs all"));
  }
  ByteWriter out;
  PutArgs(weights, out);
  PutDictionary(weights, out);
  out.Put(false);  // the input matrix is not quantised
  PutShape(weights.word_rows.rows() + weights.bucket_rows.rows(), weights.labels.size(), out);
  out.PutFloats(weights.word_rows.values);
  out.PutFloats(weights.bucket_rows.values);
  PutIdentity(weights.labels.size(), out);
  return out.Take();
}

absl::StatusOr<std::string> SerializeFastTextFtz(const FastTextWeights& weights) {
  RETURN_IF_ERROR(Check(weights));
  ByteWriter out;
  PutArgs(weights, out);
  PutDictionary(weights, out);
  out.Put(true);  // the input matrix is quantised
  PutQuantizedRows(weights, out);
  PutIdentity(weights.labels.size(), out);
  return out.Take();
}

absl::Status WriteFastTextBin(const FastTextWeights& weights, const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string bytes, SerializeFastTextBin(weights));
  return WriteFileAtomically(path, bytes);
}

absl::Status WriteFastTextFtz(const FastTextWeights& weights, const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string bytes, SerializeFastTextFtz(weights));
  return WriteFileAtomically(path, bytes);
}

}  // namespace rubricator
