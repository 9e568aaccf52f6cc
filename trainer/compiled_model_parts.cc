#include "trainer/compiled_model_parts.h"

#include <bit>
#include <cstring>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "classifier/fasttext_hash.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"
#include "trainer/row_encoder.h"

namespace rubricator {
namespace {

using compiled_model::BucketRun;
using compiled_model::FileHeader;
using compiled_model::kNoRow;
using compiled_model::RowEncoding;
using compiled_model::Section;
using compiled_model::WordSlot;

constexpr uint32_t kMaxRowCount = 0xFFFF;

template <typename T>
std::string BytesOf(const std::vector<T>& values) {
  return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

std::string LabelSection(const std::vector<std::string>& labels) {
  std::string section;
  for (const std::string& label : labels) {
    const auto size = static_cast<uint32_t>(label.size());
    section.append(reinterpret_cast<const char*>(&size), sizeof(size));
    section.append(label);
  }
  return section;
}

bool HaveSameHashes(const WordSlot& a, const WordSlot& b) {
  return a.hash == b.hash && a.fingerprint == b.fingerprint && a.word_bytes == b.word_bytes;
}

// The open-addressing table of the words.
class SlotTable {
 public:
  // At most three quarters of the slots are taken.
  explicit SlotTable(size_t words)
      : slots_(
            std::bit_ceil(words + words / 3 + 1),
            WordSlot{.hash = 0, .fingerprint = 0, .row = kNoRow, .word_bytes = 0, .row_count = 0}) {
  }

  absl::Status Add(const CompiledModelParts::Word& word, uint32_t row) {
    if (word.row_count > kMaxRowCount) {
      return absl::FailedPreconditionError(
          absl::StrCat("word ", row, " has ", word.row_count, " rows; limit is ", kMaxRowCount));
    }
    const WordHashes hashes = HashWord(word.text);
    const WordSlot slot = {.hash = hashes.fasttext,
                           .fingerprint = hashes.fingerprint,
                           .row = row,
                           .word_bytes = static_cast<uint16_t>(word.text.size()),
                           .row_count = static_cast<uint16_t>(word.row_count)};
    const auto slot_count = static_cast<uint32_t>(slots_.size());
    uint32_t place = compiled_model::FirstSlot(slot.hash, slot_count);
    uint32_t probes = 1;
    for (; slots_[place].row != kNoRow; ++probes, place = (place + 1) % slot_count) {
      if (HaveSameHashes(slots_[place], slot)) {
        return absl::FailedPreconditionError(
            absl::StrCat("words ", slots_[place].row, " and ", row, " have the same hashes"));
      }
    }
    slots_[place] = slot;
    max_probes_ = std::max(max_probes_, probes);
    return absl::OkStatus();
  }

  const std::vector<WordSlot>& slots() const { return slots_; }
  uint32_t max_probes() const { return max_probes_; }

 private:
  std::vector<WordSlot> slots_;
  uint32_t max_probes_ = 1;
};

std::vector<BucketRun> BucketIndex(const CompiledModelParts& parts) {
  if (parts.kept_buckets.size() == parts.bucket_count) return {};
  std::vector<BucketRun> runs((size_t{parts.bucket_count} + 63) / 64);
  for (const uint32_t bucket : parts.kept_buckets)
    runs[bucket / 64].present |= uint64_t{1} << bucket % 64;
  uint32_t rank = 0;
  for (BucketRun& run : runs) {
    run.rank = rank;
    rank += static_cast<uint32_t>(std::popcount(run.present));
  }
  return runs;
}

FileHeader HeaderOf(const CompiledModelParts& parts, const SlotTable& table) {
  FileHeader header = {};
  header.magic = compiled_model::kMagic;
  header.layout_version = compiled_model::kLayoutVersion;
  header.header_bytes = sizeof(FileHeader);
  header.link = parts.link;
  header.label_count = static_cast<uint32_t>(parts.labels.size());
  header.stride = compiled_model::StrideOf(header.label_count);
  header.word_ngrams = parts.word_ngrams;
  header.min_char_ngram = parts.min_char_ngram;
  header.max_char_ngram = parts.max_char_ngram;
  header.bucket_count = parts.bucket_count;
  header.bucket_row_count = static_cast<uint32_t>(parts.kept_buckets.size());
  header.word_count = static_cast<uint32_t>(parts.words.size());
  header.slot_count = static_cast<uint32_t>(table.slots().size());
  header.max_probes = table.max_probes();
  header.end_row = kNoRow;
  return header;
}

void PadToSection(std::string& bytes) {
  const size_t aligned = (bytes.size() + compiled_model::kSectionAlignment - 1) /
                         compiled_model::kSectionAlignment * compiled_model::kSectionAlignment;
  bytes.resize(aligned, '\0');
}

std::string Assemble(FileHeader header,
                     const std::array<std::string, compiled_model::kSectionCount>& sections) {
  std::string bytes(sizeof(FileHeader), '\0');
  for (size_t i = 0; i < sections.size(); ++i) {
    PadToSection(bytes);
    header.sections[i] = {.offset = bytes.size(), .bytes = sections[i].size()};
    bytes += sections[i];
  }
  PadToSection(bytes);
  header.file_bytes = bytes.size();
  const std::string digest =
      absl::HexStringToBytes(Sha256Hex(std::string_view(bytes).substr(sizeof(FileHeader))));
  std::memcpy(header.sha256.data(), digest.data(), header.sha256.size());
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

}  // namespace

absl::StatusOr<std::string> SerializeCompiledModel(const CompiledModelParts& parts,
                                                   RowEncoding word_encoding,
                                                   RowEncoding bucket_encoding) {
  SlotTable table(parts.words.size());
  uint32_t end_row = kNoRow;
  for (uint32_t row = 0; row < parts.words.size(); ++row) {
    if (parts.words[row].text == kFastTextLineEnd) {
      end_row = row;
    } else {
      RETURN_IF_ERROR(table.Add(parts.words[row], row));
    }
  }
  FileHeader header = HeaderOf(parts, table);
  header.end_row = end_row;
  header.word_encoding = word_encoding;
  header.bucket_encoding = bucket_encoding;
  ASSIGN_OR_RETURN(EncodedRows words, EncodeRows(parts.word_rows, word_encoding, {}));
  ASSIGN_OR_RETURN(EncodedRows buckets,
                   EncodeRows(parts.bucket_rows, bucket_encoding, parts.codebooks));
  std::array<std::string, compiled_model::kSectionCount> sections;
  sections[Section::kLabels] = LabelSection(parts.labels);
  sections[Section::kSlots] = BytesOf(table.slots());
  sections[Section::kWordRows] = std::move(words.rows);
  sections[Section::kBucketRows] = std::move(buckets.rows);
  sections[Section::kBucketIndex] = BytesOf(BucketIndex(parts));
  sections[Section::kCodebook] = std::move(buckets.codebook);
  return Assemble(header, sections);
}

}  // namespace rubricator
