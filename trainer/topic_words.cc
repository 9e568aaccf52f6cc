#include "trainer/topic_words.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "classifier/fasttext_model.h"
#include "classifier/function_words.h"
#include "classifier/model_manifest.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

constexpr size_t kStemBytes = 10;  // five Cyrillic letters: a Russian word's cases share them
constexpr int32_t kMinFrequentWords = 2000;

bool Speaks(const std::string& word) {
  const bool is_number =
      std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !is_number && word != "</s>" && word.size() > 3 && !IsFunctionWord(word);
}

std::vector<float> WeightsOf(const FastTextModel& model, int32_t word) {
  std::vector<float> sum(model.labels().size(), 0.0f);
  for (const int32_t row : model.RowsOfWord(word)) {
    const std::vector<float> logits = model.RowLogits(row);
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += logits[i];
  }
  return sum;
}

std::vector<TopicWord> Strongest(std::vector<TopicWord> words, size_t count) {
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.weight > b.weight; });
  std::vector<TopicWord> chosen;
  for (TopicWord& word : words) {
    if (chosen.size() == count || word.weight <= 0.0) break;
    const std::string_view stem = std::string_view(word.word).substr(0, kStemBytes);
    const bool is_there = std::any_of(chosen.begin(), chosen.end(), [&](const TopicWord& other) {
      return std::string_view(other.word).substr(0, kStemBytes) == stem;
    });
    if (!is_there) chosen.push_back(std::move(word));
  }
  return chosen;
}

}  // namespace

absl::StatusOr<std::map<std::string, std::vector<TopicWord>>> StrongestWords(
    const std::filesystem::path& path, size_t count) {
  ASSIGN_OR_RETURN(const BundleFile file, DescribeFile(path));
  ASSIGN_OR_RETURN(const auto model, FastTextModel::Load(path, file.sha256));
  const std::vector<std::string>& labels = model->labels();
  std::vector<std::vector<TopicWord>> words(labels.size());
  const int32_t frequent =
      std::min(model->word_count(), std::max(kMinFrequentWords, model->word_count() / 3));
  for (int32_t id = 0; id < frequent; ++id) {
    const std::string word = model->Word(id);
    if (!Speaks(word)) continue;
    const std::vector<float> weights = WeightsOf(*model, id);
    for (size_t label = 0; label < labels.size(); ++label)
      words[label].push_back({word, weights[label]});
  }
  std::map<std::string, std::vector<TopicWord>> strongest;
  for (size_t label = 0; label < labels.size(); ++label) {
    strongest[labels[label]] = Strongest(std::move(words[label]), count);
  }
  return strongest;
}

}  // namespace rubricator
