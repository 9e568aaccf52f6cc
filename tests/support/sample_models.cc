#include "tests/support/sample_models.h"

#include <fasttext/fasttext.h>
#include <stdlib.h>

#include <fstream>
#include <stdexcept>

#include "classifier/mapped_file.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"
#include "tests/support/sample_texts.h"
#include "trainer/model_compiler.h"

namespace rubricator::testing {
namespace {

constexpr int kTrainingLines = 1500;
using Loss = FastTextModel::Loss;

fasttext::loss_name LossName(Loss loss) {
  switch (loss) {
    case Loss::kOneVsAll:
      return fasttext::loss_name::ova;
    case Loss::kSoftmax:
      return fasttext::loss_name::softmax;
    case Loss::kNegativeSampling:
      return fasttext::loss_name::ns;
    case Loss::kHierarchicalSoftmax:
      return fasttext::loss_name::hs;
  }
  throw std::invalid_argument("unknown loss");
}

void WriteTrainingLines(const SampleModel& sample, const std::filesystem::path& path) {
  SampleTexts texts(/*seed=*/7);
  std::ofstream file(path);
  for (int line = 0; line < kTrainingLines; ++line) {
    const std::string first = texts.KnownWord();
    const size_t label =
        (first.size() * 5 + static_cast<size_t>(line % 3)) % static_cast<size_t>(sample.labels);
    file << "__label__topic" << (line < sample.labels ? static_cast<size_t>(line) : label) << ' '
         << first;
    for (size_t words = texts.Below(15); words > 0; --words) file << ' ' << texts.KnownWord();
    file << '\n';
  }
}

fasttext::Args TrainingArgs(const SampleModel& sample, const std::filesystem::path& lines) {
  fasttext::Args args;
  args.input = lines.string();
  args.model = fasttext::model_name::sup;
  args.loss = LossName(sample.loss);
  args.lr = 0.8;
  args.epoch = 8;
  args.dim = sample.dimensions;
  args.minCount = 2;
  args.wordNgrams = sample.word_ngrams;
  args.minn = sample.min_char_ngram;
  args.maxn = sample.max_char_ngram;
  args.bucket = sample.buckets;
  args.thread = 1;
  args.verbose = 0;
  return args;
}

}  // namespace

std::vector<SampleModel> SampleModels() {
  return {
      {.name = "ova_words"},
      {.name = "ova_subwords", .min_char_ngram = 3, .max_char_ngram = 5},
      {.name = "ova_bigrams", .word_ngrams = 2},
      {.name = "ova_bigrams_subwords", .word_ngrams = 2, .min_char_ngram = 3, .max_char_ngram = 5},
      {.name = "ova_short_subwords", .word_ngrams = 2, .min_char_ngram = 1, .max_char_ngram = 2},
      {.name = "ova_subwords_from_nothing", .min_char_ngram = 0, .max_char_ngram = 3},
      {.name = "ova_few_buckets",
       .word_ngrams = 2,
       .min_char_ngram = 2,
       .max_char_ngram = 3,
       .buckets = 61},
      {.name = "softmax_bigrams_subwords",
       .loss = Loss::kSoftmax,
       .word_ngrams = 2,
       .min_char_ngram = 3,
       .max_char_ngram = 6},
      {.name = "ns_bigrams", .loss = Loss::kNegativeSampling, .word_ngrams = 2},
      {.name = "ova_quantized",
       .word_ngrams = 2,
       .min_char_ngram = 3,
       .max_char_ngram = 5,
       .quantized = true},
      {.name = "ova_quantized_norms",
       .word_ngrams = 2,
       .min_char_ngram = 3,
       .max_char_ngram = 5,
       .quantized = true,
       .quantized_norms = true},
      {.name = "softmax_pruned",
       .loss = Loss::kSoftmax,
       .word_ngrams = 2,
       .min_char_ngram = 3,
       .max_char_ngram = 5,
       .quantized = true,
       .cutoff = 600},
      {.name = "ova_pruned_to_words", .word_ngrams = 2, .quantized = true, .cutoff = 300},
      {.name = "softmax_quantized_output",
       .loss = Loss::kSoftmax,
       .word_ngrams = 2,
       .min_char_ngram = 3,
       .max_char_ngram = 4,
       .labels = 300,
       .quantized = true,
       .quantized_norms = true,
       .quantized_output = true},
  };
}

void TrainSampleModel(const SampleModel& sample, const std::filesystem::path& path) {
  const std::filesystem::path lines = path.string() + ".txt";
  WriteTrainingLines(sample, lines);
  fasttext::FastText model;
  model.train(TrainingArgs(sample, lines));
  if (sample.quantized) {
    fasttext::Args quantizing;
    quantizing.input = lines.string();
    quantizing.cutoff = sample.cutoff;
    quantizing.qnorm = sample.quantized_norms;
    quantizing.qout = sample.quantized_output;
    quantizing.verbose = 0;
    model.quantize(quantizing);
  }
  model.saveModel(path.string());
  std::filesystem::remove(lines);
}

absl::StatusOr<std::unique_ptr<FastTextModel>> LoadWithOwnDigest(
    const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  return FastTextModel::Load(path, Sha256Hex(file.bytes()));
}

std::string CompileSampleModel(const SampleModel& sample) {
  const ScratchFolder folder;
  TrainSampleModel(sample, folder.path() / "model");
  return CompileTopicModelToBytes(*LoadWithOwnDigest(folder.path() / "model").value(), {}).value();
}

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "rubricator-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw std::runtime_error("no scratch folder at " + pattern);
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace rubricator::testing
