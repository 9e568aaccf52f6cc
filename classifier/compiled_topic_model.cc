#include "classifier/compiled_topic_model.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/compiled_model_view.h"
#include "classifier/fasttext_hash.h"
#include "classifier/mapped_file.h"
#include "classifier/row_kernels.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

using compiled_model::BucketRun;
using compiled_model::kNoRow;
using compiled_model::WordSlot;

constexpr size_t kBlockWords = 64;  // hashed, looked up and added together: their rows fit the L1 cache
constexpr size_t kSubwordBatch = 64;

// value % divisor by two multiplications (Lemire, Kaser, Kurz: "Faster remainder by direct computation", 2019).
class FastRemainder {
 public:
  explicit FastRemainder(uint32_t divisor)
      : divisor_(divisor), inverse_(divisor == 0 ? 0 : ~uint64_t{0} / divisor + 1) {}
  uint32_t operator()(uint32_t value) const {
    const uint64_t fraction = inverse_ * value;
    return static_cast<uint32_t>(static_cast<unsigned __int128>(fraction) * divisor_ >> 64);
  }

 private:
  uint32_t divisor_;
  uint64_t inverse_;
};

}  // namespace

struct CompiledTopicModel::Mapping {
  std::optional<MappedFile> file;
  std::string_view bytes;
  CompiledModelView view;
  FastRemainder bucket_of{0};
  const RowKernels* kernels = &BaselineRowKernels();

  const compiled_model::FileHeader& header() const { return *view.header; }
  bool has_pairs() const { return header().word_ngrams == 2; }

  // The row of a bucket, or kNoRow.
  uint32_t BucketRow(uint32_t bucket) const {
    if (view.bucket_index.empty()) return bucket < view.bucket_rows.count ? bucket : kNoRow;
    const BucketRun& run = view.bucket_index[bucket / 64];
    const uint64_t bit = uint64_t{1} << bucket % 64;
    if ((run.present & bit) == 0) return kNoRow;
    const uint64_t row = uint64_t{run.rank} + static_cast<uint64_t>(std::popcount(run.present & (bit - 1)));
    return row < view.bucket_rows.count ? static_cast<uint32_t>(row) : kNoRow;
  }

  uint32_t PairRow(uint32_t first, uint32_t second) const {
    return BucketRow(static_cast<uint32_t>(FastTextPairHash(first, second) % header().bucket_count));
  }

  void PrefetchSlot(uint32_t hash) const {
    __builtin_prefetch(&view.slots[compiled_model::FirstSlot(hash, header().slot_count)]);
  }

  // The dictionary's slot of a word, or null.
  const WordSlot* Find(uint32_t hash, std::string_view word) const {
    const auto mask = static_cast<uint32_t>(view.slots.size() - 1);
    uint32_t place = compiled_model::FirstSlot(hash, header().slot_count);
    for (uint32_t probe = 0; probe < header().max_probes; ++probe, place = (place + 1) & mask) {
      const WordSlot& slot = view.slots[place];
      if (slot.row == kNoRow) return nullptr;
      if (slot.hash == hash && TextOf(slot) == word && slot.row < view.word_rows.count) return &slot;
    }
    return nullptr;
  }

  std::string_view TextOf(const WordSlot& slot) const {
    if (slot.text_offset > view.text.size()) return {};
    return view.text.substr(slot.text_offset, slot.text_bytes);
  }

  // Adds row `index` of the block to `out`; returns the number of rows, 0 for kNoRow.
  static uint32_t AddIfAny(const RowBlock& block, uint32_t index, std::span<float> out) {
    if (index == kNoRow) return 0;
    AddRowTo(block, index, out.first(std::min<size_t>(out.size(), block.stride)));
    return 1;
  }

  // Brings the rows of words [begin, end) near; their hashes are known.
  void PrefetchRows(size_t begin, size_t end, WordScores& scores) const;
  void ScoreWord(std::string_view word, size_t i, WordScores& scores) const;
  void ScorePair(size_t i, WordScores& scores) const;
  // Adds the rows of an unknown word's subwords to `row`; returns their number.
  uint32_t AddSubwords(std::string_view word, float* row) const;
};

void CompiledTopicModel::Mapping::PrefetchRows(size_t begin, size_t end, WordScores& scores) const {
  for (size_t i = begin; i < end; ++i) {
    const uint32_t hash = scores.hashes[i];
    const WordSlot& slot = view.slots[compiled_model::FirstSlot(hash, header().slot_count)];
    if (slot.hash == hash && slot.row < view.word_rows.count) {
      PrefetchRow(view.word_rows, slot.row);
      if (slot.text_offset < view.text.size()) __builtin_prefetch(view.text.data() + slot.text_offset);
    }
    scores.pair_rows[i] = kNoRow;
    if (!has_pairs() || i + 1 == scores.hashes.size()) continue;
    const uint32_t row = PairRow(hash, scores.hashes[i + 1]);
    scores.pair_rows[i] = row;
    if (row != kNoRow) PrefetchRow(view.bucket_rows, row);
  }
}

void CompiledTopicModel::Mapping::ScoreWord(std::string_view word, size_t i, WordScores& scores) const {
  float* row = scores.word.data() + i * scores.stride;
  const WordSlot* slot = Find(scores.hashes[i], word);
  scores.is_known[i] = slot != nullptr;
  if (slot != nullptr) {
    kernels->store(view.word_rows, slot->row, row);
    scores.word_rows[i] = slot->row_count;
  } else {
    std::fill_n(row, scores.stride, 0.0f);
    scores.word_rows[i] = AddSubwords(word, row);
  }
}

void CompiledTopicModel::Mapping::ScorePair(size_t i, WordScores& scores) const {
  float* out = scores.pair.data() + i * scores.stride;
  const uint32_t row = std::exchange(scores.pair_rows[i], 0);  // PrefetchRows() left it there
  if (row == kNoRow) {
    std::fill_n(out, scores.stride, 0.0f);
  } else {
    kernels->store(view.bucket_rows, row, out);
    scores.pair_rows[i] = 1;
  }
}

uint32_t CompiledTopicModel::Mapping::AddSubwords(std::string_view word, float* row) const {
  std::array<uint32_t, kSubwordBatch> rows;
  size_t waiting = 0;
  uint32_t count = 0;
  ForEachCharNgram(word, header().min_char_ngram, header().max_char_ngram, [&](uint32_t hash) {
    const uint32_t bucket_row = BucketRow(bucket_of(hash));
    if (bucket_row == kNoRow) return;
    PrefetchRow(view.bucket_rows, bucket_row);
    rows[waiting++] = bucket_row;
    ++count;
    if (waiting == rows.size()) {
      kernels->add(view.bucket_rows, rows.data(), waiting, row);
      waiting = 0;
    }
  });
  kernels->add(view.bucket_rows, rows.data(), waiting, row);
  return count;
}

CompiledTopicModel::CompiledTopicModel(std::unique_ptr<Mapping> mapping) : mapping_(std::move(mapping)) {}
CompiledTopicModel::~CompiledTopicModel() = default;

absl::StatusOr<std::unique_ptr<CompiledTopicModel>> CompiledTopicModel::Open(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(MappedFile file, MappedFile::Open(path));
  auto mapping = std::make_unique<Mapping>();
  mapping->bytes = file.bytes();
  mapping->file.emplace(std::move(file));
  return FromMapping(std::move(mapping));
}

absl::StatusOr<std::unique_ptr<CompiledTopicModel>> CompiledTopicModel::FromBytes(std::string_view bytes) {
  if (reinterpret_cast<uintptr_t>(bytes.data()) % compiled_model::kSectionAlignment != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("compiled model: memory is not aligned to ", compiled_model::kSectionAlignment));
  }
  auto mapping = std::make_unique<Mapping>();
  mapping->bytes = bytes;
  return FromMapping(std::move(mapping));
}

absl::StatusOr<std::unique_ptr<CompiledTopicModel>> CompiledTopicModel::FromMapping(
    std::unique_ptr<Mapping> mapping) {
  ASSIGN_OR_RETURN(mapping->view, CompiledModelView::Parse(mapping->bytes));
  mapping->bucket_of = FastRemainder(mapping->header().bucket_count);
  mapping->kernels = &BestRowKernels();
  return std::unique_ptr<CompiledTopicModel>(new CompiledTopicModel(std::move(mapping)));
}

absl::Status CompiledTopicModel::CheckDigest() const {
  const auto& stored = mapping_->header().sha256;
  const std::string want = absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(stored.data()), stored.size()));
  const std::string got = Sha256Hex(mapping_->bytes.substr(sizeof(compiled_model::FileHeader)));
  if (got == want) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("compiled model: content has SHA-256 ", got, "; its header says ", want));
}

const std::vector<std::string>& CompiledTopicModel::labels() const { return mapping_->view.labels; }

bool CompiledTopicModel::is_softmax() const {
  return mapping_->header().link == compiled_model::Link::kSoftmax;
}

void CompiledTopicModel::Score(std::span<const std::string_view> words, WordScores& scores) const {
  scores.labels = labels().size();
  scores.stride = mapping_->header().stride;
  scores.word.resize(words.size() * scores.stride);
  scores.word_rows.resize(words.size());
  scores.is_known.resize(words.size());
  scores.pair.resize(words.size() * scores.stride);
  scores.pair_rows.resize(words.size());
  scores.hashes.resize(words.size());
  size_t hashed = 0;
  for (size_t begin = 0; begin < words.size(); begin += kBlockWords) {
    const size_t end = std::min(begin + kBlockWords, words.size());
    // One word beyond the block: the last pair needs its hash.
    for (; hashed < std::min(end + 1, words.size()); ++hashed) {
      scores.hashes[hashed] = FastTextHash(words[hashed]);
      mapping_->PrefetchSlot(scores.hashes[hashed]);
    }
    mapping_->PrefetchRows(begin, end, scores);
    for (size_t i = begin; i < end; ++i) {
      mapping_->ScoreWord(words[i], i, scores);
      mapping_->ScorePair(i, scores);
    }
  }
}

uint32_t CompiledTopicModel::AddPairWithEnd(uint32_t hash, std::span<float> row) const {
  if (!mapping_->has_pairs()) return 0;
  return mapping_->AddIfAny(mapping_->view.bucket_rows,
                            mapping_->PairRow(hash, FastTextHash(kFastTextLineEnd)), row);
}

uint32_t CompiledTopicModel::AddEnd(std::span<float> row) const {
  return mapping_->AddIfAny(mapping_->view.word_rows, mapping_->header().end_row, row);
}

}  // namespace rubricator
