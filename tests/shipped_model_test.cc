// Holds the compiled file of the bundle that ships to libfasttext on the .ftz file beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/compiled_topic_model.h"
#include "classifier/fasttext_model.h"
#include "classifier/mapped_file.h"
#include "tests/support/sample_models.h"
#include "tests/support/sample_texts.h"
#include "trainer/model_compiler.h"

namespace rubricator {
namespace {

constexpr uint64_t kSeed = 20261122;
constexpr int kTexts = 20000;
constexpr double kTolerance = 1e-5;

const std::filesystem::path kBundle =
    std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "models/default";

class ShippedModelTest : public ::testing::Test {
 protected:
  void SetUp() override {
    reference_ = testing::LoadWithOwnDigest(kBundle / "topics.ftz").value();
    compiled_ = CompiledTopicModel::Open(kBundle / "topics.rows").value();
  }

  // Three words of four from the model's dictionary, where frequent words stand first.
  std::vector<std::string> RandomText() {
    std::vector<std::string> words(random_() % 200);
    for (std::string& word : words) {
      const double uniform = std::uniform_real_distribution<double>(0, 1)(random_);
      const auto id = static_cast<int32_t>(uniform * uniform * reference_->word_count());
      const bool is_known = random_() % 4 != 0;
      word = is_known             ? reference_->Word(id)
             : random_() % 2 == 0 ? texts_.MisspeltWord()
                                  : texts_.HostileWord();
      if (word == "</s>") word = "x";
    }
    return words;
  }

  std::vector<float> CompiledLogits(const std::vector<std::string>& words) {
    const std::vector<std::string_view> views(words.begin(), words.end());
    compiled_->Score(views, scores_);
    std::vector<float> sum(scores_.labels);
    size_t rows = compiled_->AddEnd(sum);
    if (!words.empty()) rows += compiled_->AddPairWithEnd(scores_.hashes.back(), sum);
    for (size_t i = 0; i < words.size(); ++i) {
      rows += scores_.word_rows[i] + scores_.pair_rows[i];
      for (size_t label = 0; label < sum.size(); ++label) {
        sum[label] += scores_.WordRow(i)[label] + scores_.PairRow(i)[label];
      }
    }
    for (float& value : sum) value /= static_cast<float>(std::max<size_t>(rows, 1));
    return rows == 0 ? std::vector<float>() : sum;
  }

  std::unique_ptr<FastTextModel> reference_;
  std::unique_ptr<CompiledTopicModel> compiled_;
  std::mt19937_64 random_{kSeed};
  testing::SampleTexts texts_{kSeed};
  WordScores scores_;
};

TEST_F(ShippedModelTest, ScoresRandomTextsAsFastTextDoes) {
  ASSERT_EQ(compiled_->labels(), reference_->labels());
  for (int i = 0; i < kTexts; ++i) {
    const std::vector<std::string> words = RandomText();
    const std::string line = testing::JoinWords(words);
    const std::vector<float> want = reference_->Logits(line);
    const std::vector<float> got = CompiledLogits(words);
    ASSERT_EQ(got.size(), want.size()) << line;
    for (size_t label = 0; label < want.size(); ++label) {
      ASSERT_NEAR(got[label], want[label], kTolerance * std::max(1.0f, std::abs(want[label])))
          << "seed " << kSeed << ", text " << i << ": " << line;
    }
  }
}

TEST_F(ShippedModelTest, IsWhatItsFtzFileCompilesTo) {
  EXPECT_TRUE(compiled_->CheckDigest().ok());
  const testing::ScratchFolder folder;
  ASSERT_TRUE(CompileTopicModel(*reference_, folder.path() / "topics.rows", {}).ok());
  const MappedFile again = MappedFile::Open(folder.path() / "topics.rows").value();
  const MappedFile shipped = MappedFile::Open(kBundle / "topics.rows").value();
  EXPECT_TRUE(again.bytes() == shipped.bytes()) << "compile models/default/topics.ftz again";
}

}  // namespace
}  // namespace rubricator
