#include "classifier/compiled_topic_model.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "classifier/block_scorer.h"
#include "classifier/compiled_model_view.h"
#include "classifier/fasttext_hash.h"
#include "classifier/mapped_file.h"
#include "classifier/row_block.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

// Adds row `index` of the block to `out`; returns the number of rows, 0 for kNoRow.
uint32_t AddIfAny(const RowBlock& block, uint32_t index, std::span<float> out) {
  if (index == compiled_model::kNoRow) return 0;
  AddRowTo(block, index, out.first(std::min<size_t>(out.size(), block.stride)));
  return 1;
}

}  // namespace

struct CompiledTopicModel::Mapping {
  Mapping(std::optional<MappedFile> mapped_file, std::string_view all_bytes,
          CompiledModelView parsed)
      : file(std::move(mapped_file)), bytes(all_bytes), view(std::move(parsed)), tables(view) {}

  std::optional<MappedFile> file;
  std::string_view bytes;
  CompiledModelView view;
  ScoringTables tables;
  BlockScorer score = BestBlockScorer();
};

CompiledTopicModel::CompiledTopicModel(std::unique_ptr<Mapping> mapping)
    : mapping_(std::move(mapping)) {}
CompiledTopicModel::~CompiledTopicModel() = default;

absl::StatusOr<std::unique_ptr<CompiledTopicModel>> CompiledTopicModel::Open(
    const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(MappedFile file, MappedFile::Open(path));
  const std::string_view bytes = file.bytes();
  ASSIGN_OR_RETURN(CompiledModelView view, CompiledModelView::Parse(bytes));
  return std::unique_ptr<CompiledTopicModel>(
      new CompiledTopicModel(std::make_unique<Mapping>(std::move(file), bytes, std::move(view))));
}

absl::StatusOr<std::unique_ptr<CompiledTopicModel>> CompiledTopicModel::FromBytes(
    std::string_view bytes) {
  if (reinterpret_cast<uintptr_t>(bytes.data()) % compiled_model::kSectionAlignment != 0) {
    return absl::InvalidArgumentError(absl::StrCat("compiled model: memory is not aligned to ",
                                                   compiled_model::kSectionAlignment));
  }
  ASSIGN_OR_RETURN(CompiledModelView view, CompiledModelView::Parse(bytes));
  return std::unique_ptr<CompiledTopicModel>(
      new CompiledTopicModel(std::make_unique<Mapping>(std::nullopt, bytes, std::move(view))));
}

absl::Status CompiledTopicModel::CheckDigest() const {
  const auto& stored = mapping_->view.header->sha256;
  const std::string want = absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(stored.data()), stored.size()));
  const std::string got = Sha256Hex(mapping_->bytes.substr(sizeof(compiled_model::FileHeader)));
  if (got == want) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("compiled model: content has SHA-256 ", got, "; its header says ", want));
}

const std::vector<std::string>& CompiledTopicModel::labels() const { return mapping_->view.labels; }

bool CompiledTopicModel::is_softmax() const {
  return mapping_->view.header->link == compiled_model::Link::kSoftmax;
}

void CompiledTopicModel::Score(std::span<const std::string_view> words, WordScores& scores) const {
  scores.labels = labels().size();
  scores.stride = mapping_->view.header->stride;
  scores.word.resize(words.size() * scores.stride);
  scores.word_rows.resize(words.size());
  scores.is_known.resize(words.size());
  scores.pair.resize(words.size() * scores.stride);
  scores.pair_rows.resize(words.size());
  scores.hashes.resize(words.size());
  mapping_->score(mapping_->tables, words, scores);
}

uint32_t CompiledTopicModel::AddPairWithEnd(uint32_t hash, std::span<float> row) const {
  if (!mapping_->tables.has_pairs) return 0;
  const BucketTable& buckets = mapping_->tables.buckets;
  const uint32_t bucket = buckets.BucketOf(FastTextPairHash(hash, FastTextHash(kFastTextLineEnd)));
  return AddIfAny(buckets.rows(), buckets.RowOf(bucket), row);
}

uint32_t CompiledTopicModel::AddEnd(std::span<float> row) const {
  return AddIfAny(mapping_->tables.words.rows(), mapping_->view.header->end_row, row);
}

}  // namespace rubricator
