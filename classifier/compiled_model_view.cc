#include "classifier/compiled_model_view.h"

#include <bit>
#include <cstring>
#include <limits>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

using compiled_model::BucketRun;
using compiled_model::FileHeader;
using compiled_model::Link;
using compiled_model::RowEncoding;
using compiled_model::Section;
using compiled_model::WordSlot;

absl::Status Damaged(std::string_view what, uint64_t value, uint64_t limit) {
  return absl::DataLossError(
      absl::StrCat("compiled model: ", std::string(what), " is ", value, "; expected ", limit));
}

absl::Status CheckIdentity(const FileHeader& header, size_t file_bytes) {
  if (header.magic != compiled_model::kMagic) {
    return absl::DataLossError("compiled model: the file does not begin with RBRTOPIC");
  }
  if (header.layout_version != compiled_model::kLayoutVersion) {
    return absl::FailedPreconditionError(absl::StrCat("compiled model: layout version ",
                                                      header.layout_version, "; this build reads ",
                                                      compiled_model::kLayoutVersion));
  }
  if (header.header_bytes != sizeof(FileHeader)) {
    return Damaged("header size", header.header_bytes, sizeof(FileHeader));
  }
  if (header.file_bytes != file_bytes) return Damaged("file size", file_bytes, header.file_bytes);
  return absl::OkStatus();
}

absl::Status CheckNumbers(const FileHeader& header) {
  constexpr uint32_t kMaxInt = std::numeric_limits<int32_t>::max();
  const bool uses_buckets = header.word_ngrams == 2 || header.max_char_ngram > 0;
  struct Rule {
    std::string_view name;
    uint32_t value;
    bool holds;
  };
  const Rule rules[] = {
      {"link", static_cast<uint32_t>(header.link), header.link <= Link::kSoftmax},
      {"label count", header.label_count,
       header.label_count >= 1 && header.label_count <= compiled_model::kMaxLabels},
      {"stride", header.stride, header.stride == compiled_model::StrideOf(header.label_count)},
      {"word n-grams", header.word_ngrams, header.word_ngrams == 1 || header.word_ngrams == 2},
      {"least character n-gram", header.min_char_ngram, header.min_char_ngram <= kMaxInt},
      {"greatest character n-gram", header.max_char_ngram, header.max_char_ngram <= kMaxInt},
      {"bucket count", header.bucket_count,
       header.bucket_count <= kMaxInt && (header.bucket_count > 0) == uses_buckets},
      {"bucket row count", header.bucket_row_count, header.bucket_row_count <= header.bucket_count},
      {"slot count", header.slot_count, std::has_single_bit(header.slot_count)},
      {"probes", header.max_probes, header.max_probes <= header.slot_count},
      {"end row", header.end_row,
       header.end_row == compiled_model::kNoRow || header.end_row < header.word_count},
      {"word encoding", static_cast<uint32_t>(header.word_encoding),
       header.word_encoding <= RowEncoding::kFloat16},
      {"bucket encoding", static_cast<uint32_t>(header.bucket_encoding),
       header.bucket_encoding <= RowEncoding::kQuadratic8},
  };
  for (const Rule& rule : rules) {
    if (rule.holds) continue;
    return absl::DataLossError(absl::StrCat("compiled model: ", std::string(rule.name), " ",
                                            rule.value, " does not fit the rest of the header"));
  }
  return absl::OkStatus();
}

// The places that the numbers ask for; labels may have any size, the index may be empty.
absl::Status CheckSections(const FileHeader& header) {
  const auto size_of = [&header](Section section) { return header.sections[section].bytes; };
  for (const compiled_model::SectionPlace& place : header.sections) {
    const bool inside = place.offset >= sizeof(FileHeader) && place.offset <= header.file_bytes &&
                        place.bytes <= header.file_bytes - place.offset;
    if (!inside || place.offset % compiled_model::kSectionAlignment != 0) {
      return absl::DataLossError(absl::StrCat("compiled model: section at ", place.offset, " with ",
                                              place.bytes, " bytes; the file has ",
                                              header.file_bytes));
    }
  }
  const uint64_t word_bytes = header.word_count * RowBytes(header.word_encoding, header.stride);
  const uint64_t bucket_bytes =
      header.bucket_row_count * RowBytes(header.bucket_encoding, header.stride);
  const uint64_t codebook_bytes = CodebookBytes(header.bucket_encoding, header.stride);
  const uint64_t slot_bytes = header.slot_count * sizeof(WordSlot);
  const bool has_index = header.bucket_row_count != header.bucket_count;
  const uint64_t runs = (uint64_t{header.bucket_count} + 63) / 64;
  const uint64_t index_bytes = has_index ? runs * sizeof(BucketRun) : 0;
  if (size_of(Section::kSlots) != slot_bytes)
    return Damaged("slots", size_of(Section::kSlots), slot_bytes);
  if (size_of(Section::kWordRows) != word_bytes)
    return Damaged("word rows", size_of(Section::kWordRows), word_bytes);
  if (size_of(Section::kBucketRows) != bucket_bytes) {
    return Damaged("bucket rows", size_of(Section::kBucketRows), bucket_bytes);
  }
  if (size_of(Section::kBucketIndex) != index_bytes) {
    return Damaged("bucket index", size_of(Section::kBucketIndex), index_bytes);
  }
  if (size_of(Section::kCodebook) != codebook_bytes) {
    return Damaged("codebook", size_of(Section::kCodebook), codebook_bytes);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ReadLabels(std::string_view section,
                                                    uint32_t label_count) {
  std::vector<std::string> labels;
  for (uint32_t i = 0; i < label_count; ++i) {
    uint32_t size = 0;
    if (section.size() < sizeof(size)) return Damaged("labels", i, label_count);
    std::memcpy(&size, section.data(), sizeof(size));
    section.remove_prefix(sizeof(size));
    if (size > section.size()) return Damaged("labels", i, label_count);
    labels.emplace_back(section.substr(0, size));
    section.remove_prefix(size);
  }
  return labels;
}

template <typename T>
std::span<const T> SpanOf(std::string_view section) {
  return {reinterpret_cast<const T*>(section.data()), section.size() / sizeof(T)};
}

}  // namespace

absl::StatusOr<CompiledModelView> CompiledModelView::Parse(std::string_view bytes) {
  if (bytes.size() < sizeof(FileHeader))
    return Damaged("file size", bytes.size(), sizeof(FileHeader));
  const auto& header = *reinterpret_cast<const FileHeader*>(bytes.data());
  RETURN_IF_ERROR(CheckIdentity(header, bytes.size()));
  RETURN_IF_ERROR(CheckNumbers(header));
  RETURN_IF_ERROR(CheckSections(header));
  const auto section = [&](Section which) {
    return bytes.substr(header.sections[which].offset, header.sections[which].bytes);
  };
  CompiledModelView view;
  view.header = &header;
  ASSIGN_OR_RETURN(view.labels, ReadLabels(section(Section::kLabels), header.label_count));
  view.slots = SpanOf<WordSlot>(section(Section::kSlots));
  view.bucket_index = SpanOf<BucketRun>(section(Section::kBucketIndex));
  view.word_rows = {
      .encoding = header.word_encoding,
      .count = header.word_count,
      .stride = header.stride,
      .row_bytes = static_cast<uint32_t>(RowBytes(header.word_encoding, header.stride)),
      .rows = SpanOf<std::byte>(section(Section::kWordRows)).data()};
  view.bucket_rows = {
      .encoding = header.bucket_encoding,
      .count = header.bucket_row_count,
      .stride = header.stride,
      .row_bytes = static_cast<uint32_t>(RowBytes(header.bucket_encoding, header.stride)),
      .rows = SpanOf<std::byte>(section(Section::kBucketRows)).data(),
      .codebook = SpanOf<float>(section(Section::kCodebook)).data()};
  return view;
}

}  // namespace rubricator
