// Any text through both engines: the same rows, the same logits.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/compiled_topic_model.h"
#include "classifier/fasttext_model.h"
#include "tests/fuzz/fuzz_models.h"
#include "tests/support/aligned_bytes.h"
#include "trainer/model_compiler.h"

namespace {

using rubricator::CompiledTopicModel;
using rubricator::FastTextModel;
using rubricator::WordScores;
using rubricator::testing::AlignedBytes;

constexpr size_t kMaxBytes = 4096;
constexpr std::string_view kSeparators(" \t\n\v\f\r\0", 7);

struct Engines {
  std::unique_ptr<FastTextModel> reference;
  std::unique_ptr<AlignedBytes> bytes;
  std::unique_ptr<CompiledTopicModel> compiled;
};

std::vector<Engines> MakeEngines() {
  std::vector<Engines> all;
  for (const auto& model : rubricator::fuzz::FuzzModels()) {
    Engines engines;
    engines.reference = rubricator::fuzz::LoadFuzzModel(model);
    engines.bytes = std::make_unique<AlignedBytes>(
        rubricator::CompileTopicModelToBytes(*engines.reference, {}).value());
    engines.compiled = CompiledTopicModel::FromBytes(engines.bytes->view()).value();
    all.push_back(std::move(engines));
  }
  return all;
}

// The words that Tokenize() could have made of the text, as far as fastText is concerned.
std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find_first_of(kSeparators));
    if (!word.empty() && word != "</s>" && !word.starts_with("__label__")) words.push_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return words;
}

std::vector<float> LogitsOf(const CompiledTopicModel& model,
                            const std::vector<std::string_view>& words) {
  WordScores scores;
  model.Score(words, scores);
  std::vector<float> sum(scores.labels);
  uint32_t rows = model.AddEnd(sum);
  if (!words.empty()) rows += model.AddPairWithEnd(scores.hashes.back(), sum);
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t label = 0; label < sum.size(); ++label)
      sum[label] += scores.WordRow(i)[label] + scores.PairRow(i)[label];
    rows += scores.word_rows[i] + scores.pair_rows[i];
  }
  if (rows == 0) return {};
  for (float& value : sum) value /= static_cast<float>(rows);
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& all = *new std::vector<Engines>(MakeEngines());
  if (size == 0 || size > kMaxBytes) return -1;
  const Engines& engines = all[data[0] % all.size()];
  const auto words = WordsOf({reinterpret_cast<const char*>(data) + 1, size - 1});
  std::string line;
  for (const std::string_view word : words) line.append(word).append(" ");
  const std::vector<float> want = engines.reference->Logits(line);
  const std::vector<float> got = LogitsOf(*engines.compiled, words);
  bool same = got.size() == want.size();
  for (size_t i = 0; same && i < want.size(); ++i) {
    same = std::abs(got[i] - want[i]) <= 1e-6f * std::max(1.0f, std::abs(want[i]));
  }
  if (same) return 0;
  std::cerr << "logits differ, first " << (got.empty() ? 0 : got[0]) << " for "
            << (want.empty() ? 0 : want[0]) << "\n";
  std::abort();
}
