// Writes the first inputs of each fuzz target into a folder: fuzz_seeds FOLDER.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "tests/fuzz/fuzz_models.h"
#include "tests/support/sample_markup.h"
#include "trainer/model_compiler.h"

namespace {

constexpr uint64_t kMarkupSeeds = 300;

void Write(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: fuzz_seeds FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  using rubricator::CompileOptions;
  int number = 0;
  for (const auto& model : rubricator::fuzz::FuzzModels()) {
    const auto loaded = rubricator::fuzz::LoadFuzzModel(model);
    Write(folder / "fasttext_file_fuzz" / model.name, model.fasttext);
    Write(folder / "compiled_model_fuzz" / model.name,
          rubricator::CompileTopicModelToBytes(*loaded, {}).value());
    for (const auto encoding :
         {CompileOptions::BucketRows::kFloat32, CompileOptions::BucketRows::kFloat16}) {
      const bool halves = encoding == CompileOptions::BucketRows::kFloat16;
      const CompileOptions options = {.bucket_rows = encoding, .float16_words = halves};
      Write(folder / "compiled_model_fuzz" / (model.name + (halves ? "_float16" : "_float32")),
            rubricator::CompileTopicModelToBytes(*loaded, options).value());
    }
    Write(folder / "engine_comparison_fuzz" / model.name,
          static_cast<char>(number++) +
              std::string("мир и страна unheard ёж \x80\xFF the trade </s> _ x\xCC\x81"));
  }
  for (uint64_t seed = 0; seed < kMarkupSeeds; ++seed) {
    Write(folder / "markup_comparison_fuzz" / std::to_string(seed),
          rubricator::testing::SampleMarkup(seed));
  }
  return 0;
}
