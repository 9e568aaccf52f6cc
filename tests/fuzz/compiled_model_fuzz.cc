// Any bytes as a compiled model: nothing in them may make the engine read outside them.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/compiled_model_layout.h"
#include "classifier/compiled_topic_model.h"
#include "tests/fuzz/fuzz_models.h"
#include "tests/support/aligned_bytes.h"

using rubricator::CompiledTopicModel;
using rubricator::WordScores;
using rubricator::compiled_model::FileHeader;
using rubricator::testing::AlignedBytes;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  AlignedBytes bytes(std::string_view(reinterpret_cast<const char*>(data), size));
  if (size >= sizeof(FileHeader)) {
    // Or no file of another length than its seed's would get past the first check.
    const uint64_t file_bytes = size;
    std::memcpy(bytes.data() + offsetof(FileHeader, file_bytes), &file_bytes, sizeof(file_bytes));
  }
  const auto model = CompiledTopicModel::FromBytes(bytes.view());
  if (!model.ok()) return 0;
  static const auto& words = *new std::vector<std::string_view>([] {
    std::vector<std::string_view> views(rubricator::fuzz::FuzzWords().begin(),
                                        rubricator::fuzz::FuzzWords().end());
    for (const std::string_view unknown : {"unheard", "неслыханное", "\x80\xFF", "z"})
      views.push_back(unknown);
    return views;
  }());
  WordScores scores;
  (*model)->Score(words, scores);
  std::vector<float> row((*model)->labels().size());
  (*model)->AddEnd(row);
  for (const uint32_t hash : scores.hashes) (*model)->AddPairWithEnd(hash, row);
  return 0;
}
