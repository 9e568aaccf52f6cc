// Any bytes as a fastText model: what CheckFastTextFile() lets through, libfasttext must load,
// score and compile.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "classifier/fasttext_file.h"
#include "tests/fuzz/fuzz_models.h"
#include "trainer/model_compiler.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!rubricator::CheckFastTextFile(bytes).ok()) return 0;
  const auto model =
      rubricator::fuzz::LoadFuzzModel({.name = "fuzzed", .fasttext = std::string(bytes)});
  model->Predict("мир и страна unheard the trade");
  rubricator::CompileTopicModelToBytes(*model, {.max_bytes = 1 << 24}).status().IgnoreError();
  return 0;
}
