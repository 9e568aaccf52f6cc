#include "tests/fuzz/fuzz_models.h"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "classifier/sha256.h"

namespace rubricator::fuzz {
namespace {

struct Make {
  std::string name;
  int word_ngrams;
  int min_char_ngram;
  int max_char_ngram;
  int32_t buckets;
  bool pruned;  // two buckets of three, and no line end
  size_t labels;
};

RowMatrix ExactRows(size_t rows, size_t labels, std::mt19937& random) {
  RowMatrix matrix{.labels = labels, .values = {}};
  for (size_t i = 0; i < rows * labels; ++i) {
    // The first two rows reach from end to end, so that the codebook fits to all 256 kinds.
    const uint32_t kind = i < labels ? 0 : i < 2 * labels ? 255 : random() % 256;
    matrix.values.push_back((static_cast<float>(kind) - 128.0f) / 64.0f);
  }
  return matrix;
}

FuzzModel ModelOf(const Make& make) {
  std::mt19937 random(1);
  FastTextWeights weights;
  for (size_t i = 0; i < make.labels; ++i)
    weights.labels.push_back({.text = "label" + std::to_string(i)});
  for (const std::string& word : FuzzWords()) weights.words.push_back({.text = word});
  if (!make.pruned) weights.words.push_back({.text = "</s>"});
  weights.word_ngrams = make.word_ngrams;
  weights.min_char_ngram = make.min_char_ngram;
  weights.max_char_ngram = make.max_char_ngram;
  weights.bucket_count = make.buckets;
  for (int32_t bucket = 0; bucket < make.buckets; ++bucket) {
    if (!make.pruned || bucket % 3 != 0) weights.kept_buckets.push_back(bucket);
  }
  weights.word_rows = ExactRows(weights.words.size(), make.labels, random);
  weights.bucket_rows = ExactRows(weights.kept_buckets.size(), make.labels, random);
  const auto bytes = make.pruned ? SerializeFastTextFtz(weights) : SerializeFastTextBin(weights);
  if (!bytes.ok()) abort();
  return {.name = make.name, .fasttext = *bytes};
}

}  // namespace

const std::vector<std::string>& FuzzWords() {
  static const auto& words = *new std::vector<std::string>{
      "мир",  "страна", "и",         "встреча",         "ёж", "the", "trade", "a", "в",
      "2024", "ab",     "x\xCC\x81", "\xF0\x9F\x98\x80"};
  return words;
}

std::vector<FuzzModel> FuzzModels() {
  const std::vector<Make> makes = {
      {.name = "words",
       .word_ngrams = 1,
       .min_char_ngram = 0,
       .max_char_ngram = 0,
       .buckets = 0,
       .pruned = false,
       .labels = 2},
      {.name = "bigrams",
       .word_ngrams = 2,
       .min_char_ngram = 0,
       .max_char_ngram = 0,
       .buckets = 67,
       .pruned = false,
       .labels = 3},
      {.name = "subwords",
       .word_ngrams = 1,
       .min_char_ngram = 3,
       .max_char_ngram = 5,
       .buckets = 64,
       .pruned = false,
       .labels = 9},
      {.name = "all",
       .word_ngrams = 2,
       .min_char_ngram = 1,
       .max_char_ngram = 3,
       .buckets = 129,
       .pruned = false,
       .labels = 8},
      {.name = "pruned",
       .word_ngrams = 2,
       .min_char_ngram = 2,
       .max_char_ngram = 4,
       .buckets = 200,
       .pruned = true,
       .labels = 5},
      {.name = "one_bucket",
       .word_ngrams = 2,
       .min_char_ngram = 0,
       .max_char_ngram = 1,
       .buckets = 1,
       .pruned = false,
       .labels = 1},
  };
  std::vector<FuzzModel> models;
  for (const Make& make : makes) models.push_back(ModelOf(make));
  return models;
}

std::unique_ptr<FastTextModel> LoadFuzzModel(const FuzzModel& model) {
  std::string path = (std::filesystem::temp_directory_path() / "rubricator-fuzz-XXXXXX").string();
  const int file = mkstemp(path.data());
  if (file < 0 || write(file, model.fasttext.data(), model.fasttext.size()) < 0) abort();
  close(file);
  auto loaded = FastTextModel::Load(path, Sha256Hex(model.fasttext));
  std::filesystem::remove(path);
  if (!loaded.ok()) abort();
  return *std::move(loaded);
}

}  // namespace rubricator::fuzz
