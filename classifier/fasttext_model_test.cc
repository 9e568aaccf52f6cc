#include "classifier/fasttext_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>

#include "classifier/sha256.h"
#include "tests/support/sample_models.h"
#include "tests/support/sample_texts.h"

namespace rubricator {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using testing::JoinWords;
using ::testing::Le;
using testing::LoadWithOwnDigest;
using testing::SampleModel;
using testing::SampleTexts;
using testing::ScratchFolder;
using testing::TrainSampleModel;

std::unique_ptr<FastTextModel> Train(const SampleModel& sample) {
  const ScratchFolder folder;
  TrainSampleModel(sample, folder.path() / "model");
  return LoadWithOwnDigest(folder.path() / "model").value();
}

TEST(FastTextModelTest, RefusesAFileThatIsNotThere) {
  EXPECT_EQ(FastTextModel::Load("no/such/model.bin", std::string(64, '0')).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(FastTextModelTest, RefusesAFileWithAnotherDigestBeforeReadingIt) {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "model") << "nothing that libfasttext could load";
  EXPECT_EQ(FastTextModel::Load(folder.path() / "model", std::string(64, '0')).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(FastTextModelTest, RefusesWhatIsNoModel) {
  const ScratchFolder folder;
  const std::string text = "nothing that libfasttext could load, in more than eight bytes";
  std::ofstream(folder.path() / "model") << text;
  EXPECT_EQ(FastTextModel::Load(folder.path() / "model", Sha256Hex(text)).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(FastTextModelTest, RefusesACutFileThoughItsDigestFits) {
  const ScratchFolder folder;
  TrainSampleModel({.name = "words"}, folder.path() / "model");
  std::filesystem::resize_file(folder.path() / "model",
                               std::filesystem::file_size(folder.path() / "model") - 40);
  EXPECT_EQ(LoadWithOwnDigest(folder.path() / "model").status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(FastTextModelTest, GivesLabelsWithoutTheirPrefix) {
  const auto model = Train({.name = "words", .labels = 3});
  std::vector<std::string> labels = model->labels();
  std::sort(labels.begin(), labels.end());
  EXPECT_THAT(labels, ElementsAre("topic0", "topic1", "topic2"));
}

TEST(FastTextModelTest, PredictsEachLabelWithinZeroAndOne) {
  for (const auto loss : {FastTextModel::Loss::kOneVsAll, FastTextModel::Loss::kSoftmax}) {
    const auto model = Train({.name = "words", .loss = loss});
    SampleTexts texts(/*seed=*/1);
    for (int i = 0; i < 200; ++i) {
      const std::vector<float> probabilities = model->Predict(JoinWords(texts.Text(40)));
      EXPECT_EQ(probabilities.size(), model->labels().size());
      EXPECT_THAT(probabilities, Each(AllOf(Ge(0.0f), Le(1.0f))));
    }
  }
}

TEST(FastTextModelTest, PredictsTheSameForTheSameLogits) {
  const auto model = Train({.name = "words", .loss = FastTextModel::Loss::kSoftmax});
  const std::vector<float> logits = model->Logits("гран союз trade");
  const std::vector<float> probabilities = model->Predict("гран союз trade");
  const auto greatest = std::max_element(logits.begin(), logits.end()) - logits.begin();
  EXPECT_EQ(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin(),
            greatest);
}

TEST(FastTextModelTest, GivesThePriorForAnEmptyLine) {
  const auto model = Train({.name = "words"});
  EXPECT_EQ(model->Logits("").size(), model->labels().size());
  EXPECT_THAT(model->Predict(""), Each(Ge(0.0f)));
}

TEST(FastTextModelTest, CountsTheRowsOfAWord) {
  const auto model = Train({.name = "subwords", .min_char_ngram = 3, .max_char_ngram = 3});
  for (int32_t id = 0; id < model->word_count(); ++id) {
    const std::string word = model->Word(id);
    const auto characters = static_cast<size_t>(
        std::count_if(word.begin(), word.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    EXPECT_EQ(model->RowsOfWord(id).size(), word == "</s>" ? 1 : 1 + characters) << word;
  }
  const auto plain = Train({.name = "words"});
  EXPECT_THAT(plain->RowsOfWord(1), ElementsAre(1));
}

TEST(FastTextModelTest, AnswersManyThreadsAtOnce) {
  const auto model =
      Train({.name = "subwords", .word_ngrams = 2, .min_char_ngram = 3, .max_char_ngram = 4});
  const std::vector<float> want = model->Predict("гран союз trade");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) EXPECT_EQ(model->Predict("гран союз trade"), want);
    });
  }
}

}  // namespace
}  // namespace rubricator
