#include "classifier/fasttext_model.h"

#include <fasttext/fasttext.h>
#include <fasttext/quantmatrix.h>

#include <algorithm>
#include <exception>
#include <istream>
#include <sstream>
#include <streambuf>
#include <unordered_map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/fasttext_file.h"
#include "classifier/mapped_file.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr std::string_view kLabelPrefix =
    "__label__";  // fastText's default; a model file does not store another

// Reads from memory without a copy.
class MemoryBuffer : public std::streambuf {
 public:
  explicit MemoryBuffer(std::string_view bytes) {
    char* begin = const_cast<char*>(bytes.data());
    setg(begin, begin, begin + bytes.size());
  }
};

// libfasttext's classes, open where they are protected: it has no other way to a quantised matrix's
// rows, to loading from memory, or to the buckets that quantising kept.
class OpenFastText : public fasttext::FastText {
 public:
  bool Load(std::istream& in) {
    if (!checkModel(in)) return false;
    loadModel(in);
    return true;
  }
  const fasttext::Matrix& input() const { return *input_; }
  const fasttext::Matrix& output() const { return *output_; }
  fasttext::Dictionary& dictionary() const { return *dict_; }
  const fasttext::Args& args() const { return *args_; }
};

class OpenDictionary : public fasttext::Dictionary {
 public:
  static const std::unordered_map<int32_t, int32_t>& KeptBuckets(
      const fasttext::Dictionary& dictionary) {
    return dictionary.*(&OpenDictionary::pruneidx_);
  }
};

class OpenQuantMatrix : public fasttext::QuantMatrix {
 public:
  // Null if the rows' norms are quantised apart.
  static const fasttext::ProductQuantizer* Quantizer(const fasttext::QuantMatrix& matrix) {
    if (matrix.*(&OpenQuantMatrix::qnorm_)) return nullptr;
    return (matrix.*(&OpenQuantMatrix::pq_)).get();
  }
};

class OpenProductQuantizer : public fasttext::ProductQuantizer {
 public:
  static bool HasOneDimensionalParts(const fasttext::ProductQuantizer& quantizer) {
    return quantizer.*(&OpenProductQuantizer::dsub_) == 1;
  }
};

constexpr int kLevels = 256;

bool IsIdentity(const fasttext::Matrix& matrix) {
  if (matrix.size(0) != matrix.size(1)) return false;
  fasttext::Vector unit(matrix.size(1));
  for (int64_t column = 0; column < matrix.size(1); ++column) {
    unit.zero();
    unit[column] = 1.0f;
    for (int64_t row = 0; row < matrix.size(0); ++row) {
      if (matrix.dotRow(unit, row) != (row == column ? 1.0f : 0.0f)) return false;
    }
  }
  return true;
}

std::string WithoutPrefix(const std::string& label) {
  return label.starts_with(kLabelPrefix) ? label.substr(kLabelPrefix.size()) : label;
}

}  // namespace

struct FastTextModel::Parts {
  OpenFastText fasttext;
  std::vector<std::string> labels;
  std::unordered_map<std::string, size_t> label_index;  // by fastText's name, prefix and all

  std::vector<float> MeanLogits(const std::vector<int32_t>& rows) const {
    if (rows.empty()) return {};
    fasttext::Vector hidden(fasttext.args().dim);
    hidden.zero();
    for (const int32_t row : rows) fasttext.input().addRowToVector(hidden, row);
    hidden.mul(1.0f / static_cast<float>(rows.size()));
    std::vector<float> logits(labels.size());
    for (size_t i = 0; i < logits.size(); ++i) {
      logits[i] = fasttext.output().dotRow(hidden, static_cast<int64_t>(i));
    }
    return logits;
  }
};

FastTextModel::FastTextModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FastTextModel::~FastTextModel() = default;

absl::StatusOr<std::unique_ptr<FastTextModel>> FastTextModel::Load(
    const std::filesystem::path& path, std::string_view sha256_hex) {
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  const std::string digest = Sha256Hex(file.bytes());
  if (digest != sha256_hex) {
    return absl::DataLossError(
        absl::StrCat(path.string(), " has SHA-256 ", digest, "; expected ", AsAbsl(sha256_hex)));
  }
  RETURN_IF_ERROR(CheckFastTextFile(file.bytes()));
  auto parts = std::make_unique<Parts>();
  try {
    MemoryBuffer buffer(file.bytes());
    std::istream in(&buffer);
    if (!parts->fasttext.Load(in)) {
      return absl::FailedPreconditionError(
          absl::StrCat(path.string(), ": libfasttext does not read its version"));
    }
  } catch (const std::exception& error) {
    return absl::FailedPreconditionError(
        absl::StrCat(path.string(), ": libfasttext says ", error.what()));
  }
  for (int32_t i = 0; i < parts->fasttext.dictionary().nlabels(); ++i) {
    const std::string label = parts->fasttext.dictionary().getLabel(i);
    parts->label_index[label] = parts->labels.size();
    parts->labels.push_back(WithoutPrefix(label));
  }
  return std::unique_ptr<FastTextModel>(new FastTextModel(std::move(parts)));
}

const std::vector<std::string>& FastTextModel::labels() const { return parts_->labels; }

std::vector<float> FastTextModel::Predict(std::string_view line) const {
  std::istringstream in(absl::StrCat(AsAbsl(line), "\n"));
  std::vector<std::pair<fasttext::real, std::string>> predictions;
  parts_->fasttext.predictLine(in, predictions, static_cast<int32_t>(labels().size()), 0.0f);
  std::vector<float> probabilities(labels().size());
  for (const auto& [probability, label] : predictions) {
    probabilities[parts_->label_index.at(label)] = std::clamp(probability, 0.0f, 1.0f);
  }
  return probabilities;
}

std::vector<float> FastTextModel::Logits(std::string_view line) const {
  std::istringstream in(absl::StrCat(AsAbsl(line), "\n"));
  std::vector<int32_t> rows;
  std::vector<int32_t> labels_in_line;
  parts_->fasttext.dictionary().getLine(in, rows, labels_in_line);
  return parts_->MeanLogits(rows);
}

FastTextModel::Loss FastTextModel::loss() const {
  switch (parts_->fasttext.args().loss) {
    case fasttext::loss_name::hs:
      return Loss::kHierarchicalSoftmax;
    case fasttext::loss_name::ns:
      return Loss::kNegativeSampling;
    case fasttext::loss_name::softmax:
      return Loss::kSoftmax;
    case fasttext::loss_name::ova:
      return Loss::kOneVsAll;
  }
  return Loss::kHierarchicalSoftmax;  // unknown: what nothing compiles
}

int FastTextModel::word_ngrams() const { return parts_->fasttext.args().wordNgrams; }
int FastTextModel::min_char_ngram() const { return parts_->fasttext.args().minn; }
int FastTextModel::max_char_ngram() const { return parts_->fasttext.args().maxn; }
int32_t FastTextModel::bucket_count() const { return parts_->fasttext.args().bucket; }
int32_t FastTextModel::word_count() const { return parts_->fasttext.dictionary().nwords(); }
std::string FastTextModel::Word(int32_t id) const {
  return parts_->fasttext.dictionary().getWord(id);
}

std::vector<int32_t> FastTextModel::RowsOfWord(int32_t id) const {
  if (max_char_ngram() <= 0) return {id};
  return parts_->fasttext.dictionary().getSubwords(id);
}

std::vector<int32_t> FastTextModel::BucketRows() const {
  const auto buckets = static_cast<size_t>(std::max(bucket_count(), 0));
  std::vector<int32_t> rows(buckets, -1);
  if (!parts_->fasttext.dictionary().isPruned()) {
    for (size_t i = 0; i < buckets; ++i) rows[i] = word_count() + static_cast<int32_t>(i);
    return rows;
  }
  for (const auto& [bucket, kept] : OpenDictionary::KeptBuckets(parts_->fasttext.dictionary())) {
    if (bucket >= 0 && static_cast<size_t>(bucket) < buckets) rows[bucket] = word_count() + kept;
  }
  return rows;
}

int64_t FastTextModel::row_count() const { return parts_->fasttext.input().size(0); }

std::vector<float> FastTextModel::RowLogits(int64_t row) const {
  return parts_->MeanLogits({static_cast<int32_t>(row)});
}

std::vector<float> FastTextModel::QuantizedLevels(size_t label) const {
  const auto* matrix = dynamic_cast<const fasttext::QuantMatrix*>(&parts_->fasttext.input());
  const auto* quantizer = matrix == nullptr ? nullptr : OpenQuantMatrix::Quantizer(*matrix);
  if (quantizer == nullptr || !OpenProductQuantizer::HasOneDimensionalParts(*quantizer) ||
      !IsIdentity(parts_->fasttext.output())) {
    return {};
  }
  std::vector<float> levels(kLevels);
  for (int code = 0; code < kLevels; ++code) {
    levels[code] =
        *quantizer->get_centroids(static_cast<int32_t>(label), static_cast<uint8_t>(code));
  }
  return levels;
}

}  // namespace rubricator
